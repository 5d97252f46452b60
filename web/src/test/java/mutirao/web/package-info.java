@NullMarked
package mutirao.web;

import org.jspecify.annotations.NullMarked;
