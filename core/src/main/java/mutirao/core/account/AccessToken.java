package mutirao.core.account;

import mutirao.core.time.Deadline;

/** A token that is good until its deadline. */
public final class AccessToken extends Deadline {
  private final TokenTerms terms;

  AccessToken(TokenTerms terms) {
    this.terms = terms;
  }

  /** What it is good for. */
  public TokenTerms terms() {
    return terms;
  }
}
