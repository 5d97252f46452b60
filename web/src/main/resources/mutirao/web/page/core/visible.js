// Makes control characters visible, so that nobody's text can reorder or hide what others wrote: the C0 and C1
// controls, what overrides or isolates the direction of text (UAX 9, 2.1 to 2.5), line and paragraph separators,
// interlinear annotations, and halves of surrogate pairs. Joiners and direction marks stay: Persian, Arabic and
// emoji need them. The command line does the same.
const HIDDEN =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u206f\ufff9-\ufffb]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
const LAYOUT = /[\n\t]/g;

/** @param {string} character */
function picture(character) {
  const code = character.charCodeAt(0);
  if (code < 0x20) {
    return String.fromCharCode(0x2400 + code);
  }
  return code === 0x7f ? "\u2421" : "\\u" + code.toString(16).padStart(4, "0");
}

/**
 * The text with its line breaks and tabs, everything else visible.
 * @param {unknown} text
 */
export function visible(text) {
  return String(text).replace(HIDDEN, picture);
}

/**
 * The text on one line: line breaks and tabs become visible too.
 * @param {unknown} text
 */
export function visibleLine(text) {
  return visible(text).replace(LAYOUT, picture);
}
