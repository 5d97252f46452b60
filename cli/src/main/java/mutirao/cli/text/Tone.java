package mutirao.cli.text;

/** What a part of a line is, which decides its colour where there are colours. */
public enum Tone {
  /** What was said, results. */
  PLAIN,
  /** Time and other things beside the point. */
  FAINT,
  /** Somebody else's name. */
  NAME,
  /** One's own name. */
  OWN,
  /** What the program has to say. */
  NOTICE,
  /** It went well. */
  GOOD,
  /** It did not. */
  BAD,
  /** A heading, a prompt. */
  STRONG
}
