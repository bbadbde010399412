/** The eddy command: one class per subcommand, and the list that registers them. */
@NullMarked
package dev.eddy.cli;

import org.jspecify.annotations.NullMarked;
