/** What stands in for a class of Ratis because Ratis offers no other way to exchange it. */
@NullMarked
package org.apache.ratis.util;

import org.jspecify.annotations.NullMarked;
