// What the API has carried out beside the daemon: the commands of outdial that take long and change nothing.

export interface ProgramsPort {
  /**
   * What `outdial ARGS` prints. Rejects with the command's own refusal, with `analysis-busy` when too many wait, and with
   * `analysis-too-long`.
   */
  run(args: readonly string[], limitMs: number): Promise<string>;
}
