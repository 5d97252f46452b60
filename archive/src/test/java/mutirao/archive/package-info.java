/** Tests of the archive as the server uses it. */
package mutirao.archive;
