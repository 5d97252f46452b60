/**
 * What programs import to talk to a Mutirão server: {@link mutirao.client.MutiraoClient} to chat
 * and to submit tasks, {@link mutirao.client.MutiraoWorker} to run them. Everything reconnects by
 * itself; a call either happens once or says clearly why not.
 */
@NullMarked
package mutirao.client;

import org.jspecify.annotations.NullMarked;
