package dev.eddy.runtime.server;

import java.time.Duration;

/**
 * What the gRPC server is told by {@code eddy.server}; reference.conf says what each is for.
 *
 * @param host address to listen at
 * @param port port to listen at, 0 for a free one
 * @param maxRequestBytes largest request
 * @param maxMetadataBytes most bytes of a request's headers
 * @param streamWindowBytes HTTP/2 window of a stream
 * @param maxStreamsPerConnection streams at once on one connection
 * @param keepaliveTime silence after which a connection is pinged
 * @param keepaliveTimeout time within which a ping must be answered
 * @param minClientKeepaliveTime clients may not ping more often
 * @param transportCredit output elements on the way to a client that gives no credit itself
 * @param drainTimeout longest wait for the end of steps and streams
 * @param retryAfter what a drained client is told to wait
 * @param reflection whether reflection is served
 * @param channelz whether channelz is served
 */
public record ServerSettings(
        String host,
        int port,
        int maxRequestBytes,
        int maxMetadataBytes,
        int streamWindowBytes,
        int maxStreamsPerConnection,
        Duration keepaliveTime,
        Duration keepaliveTimeout,
        Duration minClientKeepaliveTime,
        int transportCredit,
        Duration drainTimeout,
        Duration retryAfter,
        boolean reflection,
        boolean channelz) {}
