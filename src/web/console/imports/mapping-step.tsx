// What the columns are, how the file is written, and what would become of its first rows.

import { useState, type ReactElement } from 'react';
import { ENCODING_NAMES } from './encodings.ts';
import { Button } from '../../ui/button.tsx';
import { Choice, Tick, Typed } from '../../ui/fields.tsx';
import { Chip, Note } from '../../ui/signs.tsx';
import { Refused } from '../data.tsx';
import { useSayings } from '../use-words.tsx';
import { asFieldName, asType, codeOf, columnsOf, TYPES, USES, useOf, type UseCode } from './column-uses.ts';
import { asInWizard } from './doubts.ts';
import { PreviewRows } from './preview-rows.tsx';
import { listImport } from './steps.ts';
import { missing, type ColumnUse, type Options, type Wizard } from './wizard.ts';
import { importWords } from './words.ts';

interface StepProps {
  readonly wizard: Wizard;
}

export function MappingStep({ wizard }: StepProps): ReactElement {
  const words = useSayings(importWords);
  const { preview, isLooking, refusal } = wizard;
  const gap = missing(wizard);
  return (
    <div className="import-step">
      <HowWritten wizard={wizard} />
      <Refused refusal={refusal} />
      {preview && <Columns wizard={wizard} />}
      {preview && preview.doubts.length > 0 && <Doubts wizard={wizard} />}
      {preview && <PreviewRows preview={preview} />}
      <div className="page-steps import-onward">
        <Button look="main" isDisabled={gap !== undefined} onPress={() => void listImport.start()}>
          {words.start}
        </Button>
        <Button isDisabled={isLooking} onPress={() => void listImport.look()}>
          {words.look}
        </Button>
        <Button look="plain" onPress={() => void listImport.giveUp()}>
          {words.giveUp}
        </Button>
        <span className="small soft" role="status">
          {isLooking ? words.reading : gap === undefined ? '' : words.missing[gap]}
        </span>
      </div>
    </div>
  );
}

const FOUND = '*';

function HowWritten({ wizard }: StepProps): ReactElement {
  return (
    <>
      <WhatItIs wizard={wizard} />
      <HowItReads wizard={wizard} />
    </>
  );
}

const say = (part: Partial<Options>): void => listImport.take({ type: 'said', options: part });
const look = (): void => void listImport.look();

function WhatItIs({ wizard: { options } }: StepProps): ReactElement {
  const words = useSayings(importWords);
  return (
    <div className="option-row">
      <Typed
        label={words.list}
        hint={words.listHint}
        value={options.list}
        maxLength={64}
        onChange={(list) => say({ list })}
        onBlur={look}
      />
      <Choice
        label={words.duplicates}
        placeholder=""
        choices={Object.entries(words.duplicateWays).map(([code, label]) => ({ code, label }))}
        value={options.duplicates}
        onChange={(duplicates) => {
          say({ duplicates });
          look();
        }}
      />
      <Typed
        label={words.key}
        hint={words.keyHint}
        value={options.key}
        maxLength={64}
        onChange={(key) => say({ key })}
        onBlur={look}
      />
    </div>
  );
}

function HowItReads({ wizard: { options, preview } }: StepProps): ReactElement {
  const words = useSayings(importWords);
  const delimiters: Readonly<Record<string, string>> = words.delimiters;
  return (
    <div className="option-row">
      <Reading
        of="delimiter"
        label={words.delimiter}
        choices={words.delimiters}
        found={delimiters[preview?.delimiter ?? '']}
        options={options}
      />
      <Reading
        of="encoding"
        label={words.encoding}
        choices={ENCODING_NAMES}
        found={preview?.encoding}
        options={options}
      />
      <Reading
        of="header"
        label={words.header}
        choices={{ yes: words.headerYes, no: words.headerNo }}
        options={options}
      />
      <Reading of="decimal" label={words.decimal} choices={words.decimals} options={options} />
      <Reading of="countryCode" label={words.countryCode} choices={words.codes} options={options} />
      <Typed
        label={words.country}
        hint={words.countryHint}
        value={options.country}
        placeholder={preview?.country ?? ''}
        maxLength={2}
        onChange={(country) => say({ country: country.toUpperCase() })}
        onBlur={look}
      />
    </div>
  );
}

interface ReadingProps {
  readonly of: keyof Options;
  readonly label: string;
  readonly choices: Readonly<Record<string, string>>;
  /** What was found by itself. */
  readonly found?: string | undefined;
  readonly options: Options;
}

/** One question about the file's form; left alone it is found out. */
function Reading({ of, label, choices, found = '', options }: ReadingProps): ReactElement {
  const words = useSayings(importWords);
  return (
    <Choice
      label={label}
      placeholder=""
      choices={[
        { code: FOUND, label: found === '' ? words.found : words.foundSo(found) },
        ...Object.entries(choices).map(([code, title]) => ({ code, label: title })),
      ]}
      value={options[of] === '' ? FOUND : options[of]}
      onChange={(code) => {
        say({ [of]: code === FOUND ? '' : code });
        look();
      }}
    />
  );
}

function Columns({ wizard }: StepProps): ReactElement | null {
  const words = useSayings(importWords);
  if (!wizard.preview) return null;
  return (
    <div className="table-place">
      <table className="table columns-table">
        <caption className="unseen">{words.columns}</caption>
        <thead>
          <tr>
            {[words.column, words.looks, words.is, words.field, words.type].map((title) => (
              <th key={title} scope="col" className="cell">
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {columnsOf(wizard.preview, wizard.columns).map((column) => (
            <ColumnRow key={column.header} {...column} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

type ColumnRowProps = ReturnType<typeof columnsOf>[number];

function ColumnRow({ header, use, looksLike, isSaid }: ColumnRowProps): ReactElement {
  const words = useSayings(importWords);
  const types: Readonly<Record<string, string>> = words.types;
  const map = (to: ColumnUse): void => {
    listImport.take({ type: 'mapped', header, use: to });
    void listImport.look();
  };
  return (
    <tr>
      <th scope="row" className="cell">
        <bdi>{header}</bdi> {isSaid && <Chip tone="accent">{words.byHand}</Chip>}
      </th>
      <td className="cell soft">{looksLike === undefined ? '–' : types[looksLike]}</td>
      <td className="cell">
        <Choice
          label={words.useOf(header)}
          isLabelUnseen
          placeholder=""
          choices={USES.map((code) => ({ code, label: words.uses[code] }))}
          value={codeOf(use)}
          onChange={(code) => map(useOf(code as UseCode, header, use))}
        />
      </td>
      <td className="cell">{use.as === 'field' && <FieldName header={header} use={use} onSaid={map} />}</td>
      <td className="cell">
        {use.as === 'field' && (
          <Choice
            label={words.typeOf(header)}
            isLabelUnseen
            placeholder=""
            choices={TYPES.map((code) => ({ code, label: words.types[code] }))}
            value={use.type ?? 'any'}
            onChange={(type) => map(asType(use, type))}
          />
        )}
      </td>
    </tr>
  );
}

interface FieldNameProps {
  readonly header: string;
  readonly use: ColumnUse & { readonly as: 'field' };
  readonly onSaid: (use: ColumnUse) => void;
}

function FieldName({ header, use, onSaid }: FieldNameProps): ReactElement {
  const words = useSayings(importWords);
  const [text, setText] = useState(use.field);
  return (
    <Typed
      label={words.fieldOf(header)}
      isLabelUnseen
      value={text}
      maxLength={64}
      onChange={setText}
      onBlur={() => text !== use.field && onSaid(asFieldName(use, text))}
    />
  );
}

function Doubts({ wizard }: StepProps): ReactElement {
  const words = useSayings(importWords);
  return (
    <Note tone="warn" icon="warning">
      <p>
        <strong>{words.doubts}</strong>
      </p>
      <ul>
        {wizard.preview?.doubts.map((doubt) => (
          <li key={doubt} lang="en">
            {asInWizard(doubt, words)}
          </li>
        ))}
      </ul>
      <Tick isOn={wizard.isSure} onChange={(isSure) => listImport.take({ type: 'sure', isSure })}>
        {words.sure}
      </Tick>
    </Note>
  );
}
