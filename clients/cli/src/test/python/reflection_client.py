"""A client that knows nothing but the address: it asks server reflection for the schema, then converses.

usage: reflection_client.py HOST:PORT MODEL TEXT COUNT

Prints the text of COUNT greedy output elements after TEXT. Needs grpcio and protobuf, and no generated code.
"""

import itertools
import queue
import sys

import grpc
from google.protobuf import descriptor_pb2, descriptor_pool, message_factory

REFLECTION = "grpc.reflection.v1.ServerReflection"


def reflection_messages():
    """The two messages of grpc/reflection/v1/reflection.proto, as far as they are needed here."""
    file = descriptor_pb2.FileDescriptorProto(
        name="reflection.proto", package="grpc.reflection.v1", syntax="proto3"
    )

    def message(name, *fields):
        made = file.message_type.add(name=name)
        for number, field, kind, label in fields:
            if kind.startswith("."):
                made.field.add(name=field, number=number, type=11, type_name=kind, label=label)
            else:
                made.field.add(
                    name=field, number=number, type={"string": 9, "bytes": 12}[kind], label=label
                )

    message(
        "ServerReflectionRequest",
        (3, "file_by_filename", "string", 1),
        (4, "file_containing_symbol", "string", 1),
        (7, "list_services", "string", 1),
    )
    message("FileDescriptorResponse", (1, "file_descriptor_proto", "bytes", 3))
    message("ServiceResponse", (1, "name", "string", 1))
    message("ListServiceResponse", (1, "service", ".grpc.reflection.v1.ServiceResponse", 3))
    message(
        "ServerReflectionResponse",
        (4, "file_descriptor_response", ".grpc.reflection.v1.FileDescriptorResponse", 1),
        (6, "list_services_response", ".grpc.reflection.v1.ListServiceResponse", 1),
    )
    pool = descriptor_pool.DescriptorPool()
    pool.Add(file)
    return tuple(
        message_class(pool, "grpc.reflection.v1.ServerReflection" + end)
        for end in ("Request", "Response")
    )


def message_class(pool, name):
    descriptor = pool.FindMessageTypeByName(name)
    if hasattr(message_factory, "GetMessageClass"):
        return message_factory.GetMessageClass(descriptor)
    return message_factory.MessageFactory(pool).GetPrototype(descriptor)


class Reflection:
    """What the server says of its own schema."""

    def __init__(self, channel):
        self.request, response = reflection_messages()
        self.call = channel.stream_stream(
            "/%s/ServerReflectionInfo" % REFLECTION,
            request_serializer=self.request.SerializeToString,
            response_deserializer=response.FromString,
        )
        self.pool = descriptor_pool.DescriptorPool()
        self.known = set()

    def ask(self, **question):
        return next(self.call(iter([self.request(**question)])))

    def services(self):
        return [s.name for s in self.ask(list_services="*").list_services_response.service]

    def load(self, **question):
        """Adds the file asked for, after those that it imports."""
        for data in self.ask(**question).file_descriptor_response.file_descriptor_proto:
            file = descriptor_pb2.FileDescriptorProto.FromString(data)
            if file.name in self.known:
                continue
            self.known.add(file.name)
            for needed in file.dependency:
                if needed not in self.known:
                    self.load(file_by_filename=needed)
            self.pool.Add(file)


def main(address, model, text, count):
    with grpc.insecure_channel(address) as channel:
        reflection = Reflection(channel)
        services = reflection.services()
        assert "eddy.v1.Conversations" in services, services
        reflection.load(file_containing_symbol="eddy.v1.Conversations")
        method = reflection.pool.FindServiceByName("eddy.v1.Conversations").methods_by_name[
            "Converse"
        ]
        request = message_class(reflection.pool, method.input_type.full_name)
        response = message_class(reflection.pool, method.output_type.full_name)
        converse = channel.stream_stream(
            "/eddy.v1.Conversations/Converse",
            request_serializer=request.SerializeToString,
            response_deserializer=response.FromString,
        )
        outgoing = queue.Queue()
        for said in (
            {"attach": {"new_session": {"model": model, "seed": 1, "keep": {}}}},
            {"input": {"sequence": 1, "text": text}},
            {"generate": {"sequence": 2, "max_elements": count, "sampling": {"temperature": 0}}},
        ):
            outgoing.put(request(**said))
        parts = []
        for answer in converse(itertools.takewhile(bool, iter(outgoing.get, None)), timeout=60):
            kind = answer.WhichOneof("response")
            if kind == "error":
                sys.exit("reflection_client: %s" % answer.error.message)
            if kind == "output":
                parts.append(answer.output.text)
            if kind == "turn_ended":
                outgoing.put(request(detach={}))
                outgoing.put(None)
        print("".join(parts))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4]))
