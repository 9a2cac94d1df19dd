// The common keys of a campaign's text as fields: read from the text whenever it rests, put into it one by one. The text
// stays what is checked and saved.

import { useEffect, useRef, useState } from 'react';
import type { z } from 'zod';
import type { campaignForm } from '../../../http/wire/campaign-file.ts';
import { send, type Refusal } from '../data.tsx';

type Form = z.output<typeof campaignForm>;
export type FormField = NonNullable<Form['fields']>[number];

const REST_MS = 400;
const PATH = '/api/campaigns/form';

interface CampaignForm {
  /** Null: the text cannot be read; undefined: not read yet. */
  readonly fields: Form['fields'] | undefined;
  /** What is wrong with the text as it stands. */
  readonly refusal: Refusal | undefined;
  readonly set: (key: string, value: string) => void;
}

/** `name`: whose file it is to be; undefined: a new campaign's. */
export function useCampaignForm(text: string, name: string | undefined, onText: (text: string) => void): CampaignForm {
  const [fields, setFields] = useState<Form['fields']>();
  const [refusal, setRefusal] = useState<Refusal>();
  const now = useRef(text);
  now.current = text;
  useEffect(() => {
    let isGone = false;
    const timer = setTimeout(() => {
      void send<Form>('POST', PATH, { yaml: text }).then((answer) => {
        if (!isGone && 'body' in answer) setFields(answer.body.fields);
      });
      void send('POST', '/api/campaigns/check', { yaml: text, name }).then((answer) => {
        if (!isGone)
          setRefusal('refusal' in answer && answer.refusal.code !== 'unanswered' ? answer.refusal : undefined);
      });
    }, REST_MS);
    return () => {
      isGone = true;
      clearTimeout(timer);
    };
  }, [text, name]);
  /** One after the other, each into what the one before has made. */
  const turns = useRef<Promise<void>>(Promise.resolve());
  const set = (key: string, value: string): void => {
    turns.current = turns.current.then(async () => {
      for (;;) {
        const yaml = now.current;
        const answer = await send<Form>('POST', PATH, { yaml, set: { [key]: value } });
        if (!('body' in answer)) return;
        // The text was typed into meanwhile: it goes into that.
        if (now.current !== yaml) continue;
        now.current = answer.body.yaml;
        setFields(answer.body.fields);
        onText(answer.body.yaml);
        return;
      }
    });
  };
  return { fields, refusal, set };
}
