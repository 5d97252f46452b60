package mutirao.chaos.night;

/**
 * What a night is made of. Of three servers each strikes as often as a tenth of a night asks for: a
 * round of all of them is a tenth of a night.
 */
enum Ordeal {
  SERVER_KILLED(1, 10),
  SERVER_RESTARTED(1, 10),
  SERVER_PAUSED(1, 10),
  CLIENTS_KILLED(1, 10),
  POWER_CUT(1, 10),
  FSYNC_FAILS(1, 10),
  WRITE_FAILS(1, 10),

  LEADER_KILLED(3, 30),
  FOLLOWER_KILLED(3, 10),
  ALL_THREE_KILLED(3, 5),
  CLIENTS_OF_THREE_KILLED(3, 40),
  POWER_CUT_OF_ALL(3, 10),
  POWER_CUT_OF_ONE(3, 4),
  MAJORITIES_CHANGE(3, 3),
  LEADER_PAUSED(3, 10),
  CLIENTS_PAUSED(3, 10),
  NETWORK_BROKEN(3, 20),
  NETWORK_POOR(3, 10),
  DISK_SLOW(3, 4),
  FSYNC_OF_ONE_FAILS(3, 2),
  WRITE_OF_ONE_FAILS(3, 2),
  DISK_FULL(3, 2),
  ONE_DAMAGED_OR_WIPED(3, 12),
  ALL_DAMAGED(3, 1),
  CLOCK_WRONG(3, 4),
  MEMBERS_CHANGE(3, 3),
  ONE_AFTER_THE_OTHER(3, 3),
  STARVED(3, 2),
  EVERYTHING(3, 30);

  private final int servers;
  private final int strikes;

  Ordeal(int servers, int strikes) {
    this.servers = servers;
    this.strikes = strikes;
  }

  /** How many servers there are. */
  int servers() {
    return servers;
  }

  /** How often it strikes in one campaign. */
  int strikes() {
    return strikes;
  }
}
