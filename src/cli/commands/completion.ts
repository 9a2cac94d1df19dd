// Shell completion: commands, options, their choices, and campaign names. The scripts ask `outdial complete` for words.

import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Argument, type Command } from 'commander';
import { createContext, type CommandContext } from '../context.ts';
import type { AddCommands } from '../add-commands.ts';

const SCRIPTS = {
  bash: `_outdial() {
  local IFS=$'\\n'
  COMPREPLY=($(compgen -W "$("\${COMP_WORDS[0]}" complete -- "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)" -- "\${COMP_WORDS[COMP_CWORD]}"))
}
complete -o default -F _outdial outdial`,
  zsh: `#compdef outdial
_outdial() {
  local -a candidates
  candidates=("\${(@f)$("\${words[1]}" complete -- "\${(@)words[2,CURRENT]}" 2>/dev/null)}")
  candidates=("\${(@)candidates:#}")
  if (( \${#candidates} )); then compadd -- "\${candidates[@]}"; else _files; fi
}
compdef _outdial outdial`,
  fish: `function __outdial_complete
  set -l words (commandline -opc) (commandline -ct)
  $words[1] complete -- $words[2..-1] 2>/dev/null
end
complete -c outdial -a '(__outdial_complete)'`,
} as const;

type Shell = keyof typeof SCRIPTS;

const SETUP: Readonly<Record<Shell, string>> = {
  bash: 'source <(outdial completion bash)',
  zsh: 'source <(outdial completion zsh)',
  fish: 'outdial completion fish | source',
};

export const completionCommands: AddCommands = (parent, carryOf) => {
  const script = parent
    .command('completion')
    .description('print the completion script of a shell; to use it: source <(outdial completion bash)')
    .addArgument(new Argument('<shell>').choices(Object.keys(SCRIPTS)))
    .action((shell: Shell) =>
      carryOf(script)(() =>
        Promise.resolve({ data: { shell, setup: SETUP[shell], script: SCRIPTS[shell] }, text: SCRIPTS[shell] }),
      ),
    );
  const complete = parent
    .command('complete', { hidden: true })
    .argument('[words...]')
    .action((words: string[]) =>
      carryOf(complete)(async (context) => {
        const candidates = await candidatesFor(parent, words, (config) => campaignNames(context, config));
        return { data: candidates, text: candidates.join('\n') };
      }),
    );
};

/** What the last of `words` (often empty) may become; `campaigns` is asked only where a campaign's name is wanted. */
async function candidatesFor(
  program: Command,
  words: readonly string[],
  campaigns: (config: string | undefined) => Promise<readonly string[]>,
): Promise<readonly string[]> {
  const last = words.at(-1) ?? '';
  const { command, waiting, operands, config } = walk(program, words.slice(0, -1));
  const isCampaign = (name: string | undefined): boolean => name === 'campaign';
  let all: readonly string[];
  if (waiting !== undefined)
    all = isCampaign(waiting.attributeName()) ? await campaigns(config) : (waiting.argChoices ?? []);
  else if (last.startsWith('-')) all = optionsOf(program, command);
  else if (command.commands.length > 0)
    all = command
      .createHelp()
      .visibleCommands(command)
      .map((below) => below.name());
  else {
    const argument = command.registeredArguments[operands];
    all = argument?.argChoices ?? (isCampaign(argument?.name()) ? await campaigns(config) : []);
  }
  return all.filter((candidate) => candidate.startsWith(last));
}

function optionsOf(program: Command, command: Command): string[] {
  return [...new Set([...command.options, ...program.options])]
    .flatMap((option) => (option.hidden || option.long === undefined ? [] : [option.long]))
    .concat('--help');
}

/** Follows complete words to the command they name: its operands so far, and the option that waits for its value. */
function walk(program: Command, words: readonly string[]) {
  let command = program;
  let operands = 0;
  let waiting: Command['options'][number] | undefined;
  let config: string | undefined;
  for (const word of words) {
    if (waiting) {
      if (waiting.attributeName() === 'config') config = word;
      waiting = undefined;
    } else if (word.startsWith('-')) {
      const option = [...command.options, ...program.options].find(
        ({ long, short }) => long === word || short === word,
      );
      waiting = option?.required === true ? option : undefined;
    } else {
      const below = command.commands.find((one) => one.name() === word);
      if (below) command = below;
      else operands += 1;
    }
  }
  return { command, waiting, operands, config };
}

/** Names in the campaign files, read without checking them; none when there are no settings. */
async function campaignNames(given: CommandContext, config: string | undefined): Promise<readonly string[]> {
  try {
    const { terminal, json, paint } = given;
    const context = config === undefined ? given : createContext({ terminal, json, paint, config });
    const folder = (await context.settings()).folders.campaigns;
    const files = (await readdir(folder)).filter((file) => /\.ya?ml$/.test(file) && !file.startsWith('.'));
    const texts = await Promise.all(files.map((file) => readFile(join(folder, file), 'utf8')));
    return texts.flatMap((text) => /^campaign:\s*["']?([\w.-]+)/m.exec(text)?.[1] ?? []).sort();
  } catch {
    return []; // a shell wants words, never an error
  }
}
