// A new campaign from its text.

import { useState, type ReactElement } from 'react';
import { Button } from '../../ui/button.tsx';
import { useAct } from '../data.tsx';
import { goTo, hrefOf } from '../place.ts';
import { useSayings } from '../use-words.tsx';
import { CampaignForm } from './campaign-form.tsx';
import { YamlText } from './yaml-text.tsx';
import { campaignWords } from './words.ts';

export function NewCampaign(): ReactElement {
  const words = useSayings(campaignWords);
  const [text, setText] = useState(words.template);
  const { act, isBusy, refusal, forget } = useAct();
  const create = async (): Promise<void> => {
    const made = await act<{ readonly name: string }>('POST', '/api/campaigns', { yaml: text });
    if (made !== undefined) goTo(hrefOf('campaigns', [made.name]));
  };
  return (
    <section className="card campaign-file">
      <p className="small">
        <a href={hrefOf('campaigns')}>{words.all}</a>
      </p>
      <h1>{words.newTitle}</h1>
      <p className="soft">{words.newHint}</p>
      <div className="form-and-text">
        <CampaignForm text={text} onText={setText} />
        <YamlText label={words.text} value={text} onChange={setText} refusal={refusal} onClose={forget} />
      </div>
      <div className="page-steps">
        <Button look="main" isDisabled={isBusy} onPress={() => void create()}>
          {words.create}
        </Button>
      </div>
    </section>
  );
}
