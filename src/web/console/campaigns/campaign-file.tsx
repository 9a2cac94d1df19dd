// The campaign's file: shown, changed, checked with the faults at their lines, saved. What somebody changes on disk
// meanwhile is shown beside one's own text, and neither is lost.

import { useEffect, useRef, useState, type ReactElement } from 'react';
import type { z } from 'zod';
import type { campaignFile, campaignFileSaved } from '../../../http/wire/campaign-file.ts';
import { say } from '../../agent/announcer.tsx';
import { Button } from '../../ui/button.tsx';
import { Note } from '../../ui/signs.tsx';
import { Refused, useAct, useGet } from '../data.tsx';
import { useFrameWords, useSayings } from '../use-words.tsx';
import { Warnings } from './acts.tsx';
import { CampaignForm } from './campaign-form.tsx';
import { YamlText } from './yaml-text.tsx';
import { campaignWords } from './words.ts';

type File = z.output<typeof campaignFile>;
type Saved = z.output<typeof campaignFileSaved>;

const LOOK_EVERY_MS = 10_000;

export function CampaignFile({ name }: { readonly name: string }): ReactElement {
  const { loading } = useFrameWords();
  const path = `/api/campaigns/${encodeURIComponent(name)}/file`;
  const { body, refusal, again } = useGet<File>(path, LOOK_EVERY_MS);
  if (body === undefined)
    return refusal === undefined ? <p role="status">{loading}</p> : <Refused refusal={refusal} onAgain={again} />;
  return <Editor name={name} path={path} disk={body} onSaved={again} />;
}

interface EditorProps {
  readonly name: string;
  readonly path: string;
  /** As it was read last. */
  readonly disk: File;
  readonly onSaved: () => void;
}

/** The text here, and what it began with. Whoever has changed nothing sees what is on the disk. */
function useText(disk: File) {
  const [base, setBase] = useState<Pick<File, 'yaml' | 'version'>>(disk);
  const [text, setText] = useState(disk.yaml);
  const isChanged = text !== base.yaml;
  const isOther = disk.version !== base.version && disk.yaml !== text;
  const take = (file: Pick<File, 'yaml' | 'version'>): void => {
    setBase(file);
    setText(file.yaml);
  };
  const follow = useRef(take);
  follow.current = take;
  useEffect(() => {
    if (!isChanged && disk.version !== base.version) follow.current(disk);
  }, [disk, base.version, isChanged]);
  return { base, setBase, text, setText, take, isChanged, isOther };
}

function Editor({ name, path, disk, onSaved }: EditorProps): ReactElement {
  const words = useSayings(campaignWords);
  const { base, setBase, text, setText, take, isChanged, isOther } = useText(disk);
  const [note, setNote] = useState('');
  const [warnings, setWarnings] = useState<Saved['warnings']>([]);
  const { act, isBusy, refusal, forget } = useAct();
  const show = (said: string): void => {
    setNote(said);
    say(said);
  };
  const check = async (): Promise<void> => {
    setNote('');
    if ((await act('POST', '/api/campaigns/check', { yaml: text, name })) !== undefined) show(words.fine);
  };
  const save = async (): Promise<void> => {
    setNote('');
    const saved = await act<Saved>('PUT', path, { yaml: text, version: base.version });
    onSaved();
    if (saved === undefined) return;
    setBase(saved);
    setWarnings(saved.warnings);
    show(words.saved);
  };
  return (
    <section className="card campaign-file">
      <p className="soft small">{words.fileOf(disk.file)}</p>
      <DiskFaults faults={disk.faults} />
      <Warnings warnings={warnings} onClose={() => setWarnings([])} />
      <div className="form-and-text">
        <CampaignForm text={text} name={name} onText={setText} />
        <YamlText label={words.text} value={text} onChange={setText} refusal={refusal} onClose={forget} />
      </div>
      <div className="page-steps">
        <Button look="main" isDisabled={!isChanged || isBusy} onPress={() => void save()}>
          {words.save}
        </Button>
        <Button icon="check" isDisabled={isBusy} onPress={() => void check()}>
          {words.check}
        </Button>
        <Button look="plain" isDisabled={!isChanged} onPress={() => take(disk)}>
          {words.revert}
        </Button>
        <span className="soft small">{note === '' ? (isChanged ? words.changedHere : words.unchanged) : note}</span>
      </div>
      {isOther && isChanged && (
        <OnDisk disk={disk} onTheirs={() => take(disk)} onMine={() => setBase({ ...base, version: disk.version })} />
      )}
    </section>
  );
}

function DiskFaults({ faults }: Pick<File, 'faults'>): ReactElement | null {
  const words = useSayings(campaignWords);
  if (faults.length === 0) return null;
  return (
    <Note tone="warn" icon="warning">
      <p>{words.fileFaults}</p>
      <ul className="places">
        {faults.map((fault) => (
          <li key={fault}>{fault}</li>
        ))}
      </ul>
    </Note>
  );
}

interface OnDiskProps {
  readonly disk: File;
  readonly onTheirs: () => void;
  readonly onMine: () => void;
}

/** Somebody has changed it there meanwhile: both texts are seen, and one of them is chosen. */
function OnDisk({ disk, onTheirs, onMine }: OnDiskProps): ReactElement {
  const words = useSayings(campaignWords);
  return (
    <div className="on-disk">
      <Note
        tone="warn"
        icon="warning"
        actions={
          <>
            <Button isSmall onPress={onTheirs}>
              {words.takeTheirs}
            </Button>
            <Button isSmall onPress={onMine}>
              {words.keepMine}
            </Button>
          </>
        }
      >
        {words.onDisk}
      </Note>
      <h3>{words.diskText}</h3>
      <pre className="yaml" tabIndex={0} aria-label={words.diskText}>
        {disk.yaml}
      </pre>
    </div>
  );
}
