package dev.eddy.kernels.backend;

/**
 * A request that breaks the contract: what is wrong with it, the value and the limit. Nothing was
 * computed.
 */
public final class InvalidRequestException extends IllegalArgumentException {
    public InvalidRequestException(String message) {
        super(message);
    }
}
