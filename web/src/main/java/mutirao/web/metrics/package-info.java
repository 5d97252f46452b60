/** Figures for those who watch over servers. */
@NullMarked
package mutirao.web.metrics;

import org.jspecify.annotations.NullMarked;
