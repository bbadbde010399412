package dev.eddy.runtime.server;

import com.google.rpc.Code;
import dev.eddy.runtime.engine.Engine;
import dev.eddy.runtime.engine.EngineModel;
import dev.eddy.runtime.engine.EnginePool;
import dev.eddy.v1.Device;
import dev.eddy.v1.DeviceModel;
import dev.eddy.v1.DeviceState;
import dev.eddy.v1.DevicesGrpc;
import dev.eddy.v1.DrainDeviceRequest;
import dev.eddy.v1.ListDevicesRequest;
import dev.eddy.v1.ListDevicesResponse;
import dev.eddy.v1.ResumeDeviceRequest;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Tells of the devices, empties them and takes them into use again. */
final class DevicesService extends DevicesGrpc.DevicesImplBase {
    private final EnginePool engines;

    DevicesService(EnginePool engines) {
        this.engines = engines;
    }

    @Override
    public void list(ListDevicesRequest request, StreamObserver<ListDevicesResponse> response) {
        var answer = ListDevicesResponse.newBuilder();
        engines.engines().forEach(engine -> answer.addDevices(describe(engine)));
        response.onNext(answer.build());
        response.onCompleted();
    }

    @Override
    public void drain(DrainDeviceRequest request, StreamObserver<Device> response) {
        Engine engine = find(request.getName());
        List<String> stranded = request.getForce() ? List.of() : engines.stranded(engine.name());
        if (!stranded.isEmpty()) {
            throw refused(
                    "NO_OTHER_DEVICE",
                    "%s is not drained: no other device that is up has the numerics of %s here; add or resume one, or force it, which detaches the sessions' streams"
                            .formatted(engine.name(), String.join(", ", stranded)),
                    engine);
        }
        if (response instanceof ServerCallStreamObserver<Device> call) {
            call.setOnCancelHandler(() -> {}); // draining goes on without the call
        }
        engines.drain(engine.name())
                .whenComplete((_, failure) -> {
                    if (engine.state() == Engine.State.LOST) {
                        response.onError(lost(engine).problem().toStatus());
                    } else if (failure != null) {
                        response.onError(
                                new Problem(
                                                Code.ABORTED,
                                                "DEVICE_RESUMED",
                                                engine.name()
                                                        + " was resumed before it was empty; drain it again if that was a mistake",
                                                Map.of("value", engine.name()))
                                        .toStatus());
                    } else {
                        response.onNext(describe(engine));
                        response.onCompleted();
                    }
                });
    }

    @Override
    public void resume(ResumeDeviceRequest request, StreamObserver<Device> response) {
        Engine engine = find(request.getName());
        engines.resume(engine.name());
        response.onNext(describe(engine));
        response.onCompleted();
    }

    /** The device's engine, unless it is lost. */
    private Engine find(String name) {
        for (Engine engine : engines.engines()) {
            if (engine.name().equals(name)) {
                if (engine.state() == Engine.State.LOST) {
                    throw lost(engine);
                }
                return engine;
            }
        }
        List<String> names = engines.engines().stream().map(Engine::name).toList();
        throw new ProblemException(
                new Problem(
                        Code.NOT_FOUND,
                        "DEVICE_NOT_FOUND",
                        "there is no device \"%s\" here; there are %s"
                                .formatted(Text.shown(name), names),
                        Map.of("value", Text.shown(name), "limit", names.toString())));
    }

    private static ProblemException lost(Engine engine) {
        return refused(
                "DEVICE_LOST",
                engine.name()
                        + " is lost: its sessions have left, and it takes none until the server starts anew",
                engine);
    }

    private static ProblemException refused(String reason, String message, Engine engine) {
        return new ProblemException(
                new Problem(
                        Code.FAILED_PRECONDITION, reason, message, Map.of("value", engine.name())));
    }

    private static Device describe(Engine engine) {
        var device = Device.newBuilder().setName(engine.name()).setState(toWire(engine.state()));
        engine.models().stream()
                .sorted(Comparator.comparing(EngineModel::name))
                .forEach(model -> device.addModels(describe(engine, model)));
        return device.build();
    }

    private static DeviceModel describe(Engine engine, EngineModel model) {
        int slots = model.options().slots();
        long free = engine.freeSlots(model.name());
        return DeviceModel.newBuilder()
                .setModel(model.name())
                .setNumericsId(model.numericsId())
                .setSlots(slots)
                .setSessions(slots - free)
                .setFreeSlots((int) Math.max(0, free))
                .build();
    }

    private static DeviceState toWire(Engine.State state) {
        return switch (state) {
            case UP -> DeviceState.DEVICE_STATE_UP;
            case DRAINING -> DeviceState.DEVICE_STATE_DRAINING;
            case LOST -> DeviceState.DEVICE_STATE_LOST;
        };
    }
}
