package mutirao.bench.report;

import mutirao.bench.peer.Peer.Ability;

/** The workloads, by the names they have in our reports. */
public enum Workload {
  /** One task at a time. */
  W1(Ability.TASKS, 100_000),
  /** Four submitters with 64 tasks outstanding each, four workers with 64 slots. */
  W2(Ability.TASKS, 100_000),
  /** W2 on servers that keep tasks on disk. */
  W3(Ability.DURABLE_TASKS, 100_000),
  /** One publisher, many members. */
  W4(Ability.FAN_OUT, 1_000_000),
  /** Idle connections. */
  W5(Ability.IDLE, 1);

  private final Ability ability;
  private final int cpuUnit;

  Workload(Ability ability, int cpuUnit) {
    this.ability = ability;
    this.cpuUnit = cpuUnit;
  }

  /** What a peer must be able to do. */
  public Ability ability() {
    return ability;
  }

  /** For how many completions the server's CPU time is told. */
  public int cpuUnit() {
    return cpuUnit;
  }
}
