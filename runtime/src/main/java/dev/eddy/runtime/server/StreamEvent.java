package dev.eddy.runtime.server;

import dev.eddy.runtime.session.SessionReply;
import dev.eddy.v1.ConverseRequest;

/** What a stream's actor is told, by gRPC and by the session. */
sealed interface StreamEvent {
    /** The client sent a request; the next is read when it is asked for. */
    record Requested(ConverseRequest request) implements StreamEvent {}

    /** The client will send no more. */
    record HalfClosed() implements StreamEvent {}

    /** The transport takes output again. */
    record Writable() implements StreamEvent {}

    /** The call is over: the client went away, or took the last message. */
    record Ended() implements StreamEvent {}

    /** The session said something. */
    record Said(SessionReply reply) implements StreamEvent {}
}
