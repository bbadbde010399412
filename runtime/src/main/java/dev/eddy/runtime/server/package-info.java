/** The gRPC face of the server: services, status mapping, interceptors. */
@NullMarked
package dev.eddy.runtime.server;

import org.jspecify.annotations.NullMarked;
