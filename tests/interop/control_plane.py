"""boto3 drives kinesisvideo-local: the calls that lead to a storage session, and the errors on the way.

botocore reads every answer by AWS's own models, so an answer that it reads, and an error that it raises as the class of
its name, have the form that the service gives them.

usage: control_plane.py BINARY [unittest options]
"""

import json
import os
import re
import subprocess
import sys
import tempfile
import time
import unittest
from datetime import datetime, timezone

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

BINARY = None


class Service:
    """A running kinesisvideo-local, and clients that know of it what it tells a person who starts it."""

    def __init__(self, *arguments):
        command = [BINARY, "--quiet", *arguments]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self.variables = {}
        # The secret is the last thing it prints.
        while "AWS_SECRET_ACCESS_KEY" not in self.variables:
            line = self.process.stdout.readline()
            if not line:
                raise RuntimeError(f"{command} ended: {self.process.communicate()[1]}")
            if line.startswith("export "):
                self.variables.update(word.split("=", 1) for word in line.split()[1:])

    def client(self, api, endpoint=None, **options):
        for name in [name for name in os.environ if name.startswith("AWS_")]:
            del os.environ[name]
        os.environ.update(self.variables, AWS_EC2_METADATA_DISABLED="true")
        config = Config(retries={"total_max_attempts": 1}, **options)
        return boto3.session.Session().client(api, endpoint_url=endpoint, config=config)

    def stop(self):
        self.process.terminate()
        self.process.communicate(timeout=10)


class Interop(unittest.TestCase):
    arguments = ("--channel", "declared", "--no-quotas")

    def setUp(self):
        self.service = Service(*self.arguments)
        self.addCleanup(self.service.stop)
        self.video = self.service.client("kinesisvideo")
        self.addCleanup(self.video.close)

    def client(self, api, endpoint):
        client = self.service.client(api, endpoint)
        self.addCleanup(client.close)
        return client

    def refuses(self, error, call, **input):
        """Asserts that a call raises the modelled error, and gives its message."""
        with self.assertRaises(error) as raised:
            call(**input)
        response = raised.exception.response
        self.assertEqual(response["Error"]["Code"], error.__name__)
        self.assertRegex(response["ResponseMetadata"]["RequestId"], "^[0-9a-f-]{36}$")
        self.assertTrue(response["Error"]["Message"])
        return response

    def stream(self, name, hours=1):
        return self.video.create_stream(StreamName=name, DataRetentionInHours=hours)["StreamARN"]

    def channel(self, name):
        return self.video.create_signaling_channel(ChannelName=name)["ChannelARN"]

    def link(self, channel, stream, status="ENABLED"):
        configuration = {"Status": status, "StreamARN": stream}
        self.video.update_media_storage_configuration(ChannelARN=channel, MediaStorageConfiguration=configuration)

    def endpoints(self, channel, role, protocols=("WSS", "HTTPS", "WEBRTC")):
        configuration = {"Protocols": list(protocols), "Role": role}
        output = self.video.get_signaling_channel_endpoint(
            ChannelARN=channel, SingleMasterChannelEndpointConfiguration=configuration
        )
        return {item["Protocol"]: item["ResourceEndpoint"] for item in output["ResourceEndpointList"]}


class FromNothingToASession(Interop):
    def test_a_channel_is_made_linked_discovered_and_joined(self):
        channel = self.video.create_signaling_channel(
            ChannelName="front-door",
            ChannelType="SINGLE_MASTER",
            SingleMasterConfiguration={"MessageTtlSeconds": 5},
            Tags=[{"Key": "site", "Value": "north"}, {"Key": "floor", "Value": "1"}],
        )["ChannelARN"]
        self.assertRegex(channel, "^arn:aws:kinesisvideo:us-west-2:[0-9]{12}:channel/front-door/[0-9]{13}$")
        stream = self.video.create_stream(
            StreamName="front-door", DataRetentionInHours=24, DeviceName="camera-1", MediaType="video/h264", Tags={"site": "north"}
        )["StreamARN"]

        info = self.video.describe_signaling_channel(ChannelName="front-door")["ChannelInfo"]
        self.assertEqual((info["ChannelARN"], info["ChannelStatus"]), (channel, "ACTIVE"))
        self.assertEqual(info["SingleMasterConfiguration"], {"MessageTtlSeconds": 5})
        self.assert_is_now(info["CreationTime"])
        self.assertEqual(self.video.describe_signaling_channel(ChannelARN=channel)["ChannelInfo"], info)
        info = self.video.describe_stream(StreamARN=stream)["StreamInfo"]
        self.assertEqual((info["StreamName"], info["Status"], info["DataRetentionInHours"]), ("front-door", "ACTIVE", 24))
        self.assertEqual((info["DeviceName"], info["MediaType"]), ("camera-1", "video/h264"))
        self.assert_is_now(info["CreationTime"])

        self.link(channel, stream)
        described = self.video.describe_media_storage_configuration(ChannelName="front-door")
        self.assertEqual(described["MediaStorageConfiguration"], {"Status": "ENABLED", "StreamARN": stream})
        mapped = self.video.describe_mapped_resource_configuration(StreamName="front-door", MaxResults=1)
        self.assertEqual([item["ARN"] for item in mapped["MappedResourceConfigurationList"]], [channel])

        master, viewer = self.endpoints(channel, "MASTER"), self.endpoints(channel, "VIEWER")
        self.assertNotEqual(master["WSS"], viewer["WSS"])
        self.assertEqual((master["WEBRTC"], master["HTTPS"]), (viewer["WEBRTC"], viewer["HTTPS"]))
        storage = self.client("kinesis-video-webrtc-storage", master["WEBRTC"])
        joined = storage.join_storage_session(channelArn=channel)
        self.assertEqual(joined["ResponseMetadata"]["HTTPStatusCode"], 200)
        storage = self.client("kinesis-video-webrtc-storage", viewer["WEBRTC"])
        storage.join_storage_session_as_viewer(channelArn=channel, clientId="viewer-1")

    def assert_is_now(self, moment):
        self.assertLess(abs((datetime.now(timezone.utc) - moment).total_seconds()), 60)

    def test_everything_is_taken_down_again(self):
        channel, stream = self.channel("front-door"), self.stream("front-door")
        self.link(channel, stream)
        in_use = self.video.exceptions.ResourceInUseException
        self.refuses(in_use, self.video.delete_signaling_channel, ChannelARN=channel)
        self.refuses(in_use, self.video.delete_stream, StreamARN=stream)
        # AWS's samples name no stream this way.
        self.link(channel, "null", "DISABLED")
        described = self.video.describe_media_storage_configuration(ChannelARN=channel)
        self.assertEqual(described["MediaStorageConfiguration"]["Status"], "DISABLED")
        mapped = self.video.describe_mapped_resource_configuration(StreamARN=stream)
        self.assertEqual(mapped["MappedResourceConfigurationList"], [])
        self.video.delete_signaling_channel(ChannelARN=channel)
        version = self.video.describe_stream(StreamARN=stream)["StreamInfo"]["Version"]
        self.video.delete_stream(StreamARN=stream, CurrentVersion=version)
        not_found = self.video.exceptions.ResourceNotFoundException
        self.refuses(not_found, self.video.describe_signaling_channel, ChannelARN=channel)
        self.refuses(not_found, self.video.describe_stream, StreamName="front-door")

    def test_what_is_declared_on_the_command_line_can_be_joined(self):
        channel = self.video.describe_signaling_channel(ChannelName="declared")["ChannelInfo"]["ChannelARN"]
        storage = self.client("kinesis-video-webrtc-storage", self.endpoints(channel, "MASTER", ["WEBRTC"])["WEBRTC"])
        storage.join_storage_session(channelArn=channel)


class Changes(Interop):
    def test_an_update_needs_the_current_version_and_makes_another(self):
        def info():
            return self.video.describe_signaling_channel(ChannelName="declared")["ChannelInfo"]

        before = info()
        update = {"ChannelARN": before["ChannelARN"], "CurrentVersion": before["Version"]}
        self.video.update_signaling_channel(**update, SingleMasterConfiguration={"MessageTtlSeconds": 120})
        self.assertEqual(info()["SingleMasterConfiguration"], {"MessageTtlSeconds": 120})
        self.assertNotEqual(info()["Version"], before["Version"])
        mismatch = self.video.exceptions.VersionMismatchException
        self.refuses(mismatch, self.video.update_signaling_channel, **update)
        self.refuses(mismatch, self.video.delete_signaling_channel, **update)

    def test_a_stream_is_updated(self):
        stream = self.stream("yard")
        version = self.video.describe_stream(StreamARN=stream)["StreamInfo"]["Version"]
        self.video.update_stream(StreamARN=stream, CurrentVersion=version, MediaType="video/h265", DeviceName="camera-2")
        info = self.video.describe_stream(StreamARN=stream)["StreamInfo"]
        self.assertEqual((info["MediaType"], info["DeviceName"]), ("video/h265", "camera-2"))
        mismatch = self.video.exceptions.VersionMismatchException
        self.refuses(mismatch, self.video.update_stream, StreamARN=stream, CurrentVersion=version)
        self.refuses(mismatch, self.video.delete_stream, StreamARN=stream, CurrentVersion=version)

    def test_the_retention_is_changed_by_hours(self):
        stream = self.stream("yard", hours=0)

        def change(operation, hours):
            version = self.video.describe_stream(StreamARN=stream)["StreamInfo"]["Version"]
            self.video.update_data_retention(
                StreamARN=stream, CurrentVersion=version, Operation=operation, DataRetentionChangeInHours=hours
            )
            return self.video.describe_stream(StreamARN=stream)["StreamInfo"]["DataRetentionInHours"]

        self.assertEqual(change("INCREASE_DATA_RETENTION", 48), 48)
        self.assertEqual(change("DECREASE_DATA_RETENTION", 24), 24)
        with self.assertRaises(self.video.exceptions.InvalidArgumentException):
            change("DECREASE_DATA_RETENTION", 25)
        with self.assertRaises(self.video.exceptions.InvalidArgumentException):
            change("INCREASE_DATA_RETENTION", 87_600)
        self.refuses(
            self.video.exceptions.VersionMismatchException,
            self.video.update_data_retention,
            StreamARN=stream,
            CurrentVersion="stale",
            Operation="INCREASE_DATA_RETENTION",
            DataRetentionChangeInHours=1,
        )

    def test_tags_are_a_list_for_channels_and_a_map_for_streams(self):
        channel, stream = self.channel("front-door"), self.stream("front-door")
        tags = [{"Key": "site", "Value": "north"}, {"Key": "floor", "Value": "1"}]
        self.video.tag_resource(ResourceARN=channel, Tags=tags)
        self.video.untag_resource(ResourceARN=channel, TagKeyList=["floor"])
        self.assertEqual(self.video.list_tags_for_resource(ResourceARN=channel)["Tags"], {"site": "north"})
        self.video.tag_stream(StreamName="front-door", Tags={"site": "south", "floor": "2"})
        self.video.untag_stream(StreamARN=stream, TagKeyList=["floor"])
        self.assertEqual(self.video.list_tags_for_stream(StreamName="front-door")["Tags"], {"site": "south"})
        self.assertEqual(self.video.list_tags_for_resource(ResourceARN=stream)["Tags"], {"site": "south"})
        many = {f"key-{number}": "" for number in range(50)}
        too_many = self.video.exceptions.TagsPerResourceExceededLimitException
        self.refuses(too_many, self.video.tag_stream, StreamARN=stream, Tags=many)


class Lists(Interop):
    def test_botocores_paginators_follow_the_pages(self):
        for number in range(5):
            self.channel(f"yard-{number}")
            self.stream(f"yard-{number}")
        for operation, condition, items, name in (
            ("list_signaling_channels", "ChannelNameCondition", "ChannelInfoList", "ChannelName"),
            ("list_streams", "StreamNameCondition", "StreamInfoList", "StreamName"),
        ):
            with self.subTest(operation):
                input = {condition: {"ComparisonOperator": "BEGINS_WITH", "ComparisonValue": "yard-"}}
                pages = list(self.video.get_paginator(operation).paginate(**input, PaginationConfig={"PageSize": 2}))
                self.assertEqual([len(page[items]) for page in pages], [2, 2, 1])
                names = [item[name] for page in pages for item in page[items]]
                self.assertEqual(names, [f"yard-{number}" for number in range(5)])
                every = [item[name] for page in self.video.get_paginator(operation).paginate() for item in page[items]]
                self.assertEqual(every, ["declared", *names])


class Errors(Interop):
    def test_storage_needs_a_stream_that_keeps_what_is_stored(self):
        channel, fleeting = self.channel("front-door"), self.stream("fleeting", hours=0)
        self.refuses_to_link(self.video.exceptions.NoDataRetentionException, channel, fleeting)

    def test_a_channel_and_a_stream_are_each_others_alone(self):
        channel, stream = self.channel("front-door"), self.stream("front-door")
        self.link(channel, stream)
        self.link(channel, stream)
        in_use = self.video.exceptions.ResourceInUseException
        self.refuses_to_link(in_use, self.channel("yard"), stream)
        self.refuses_to_link(in_use, channel, self.stream("yard"))

    def test_what_is_not_there_is_not_found(self):
        channel, stream = self.channel("front-door"), self.stream("front-door")
        not_found = self.video.exceptions.ResourceNotFoundException
        # The time is part of the identity: the same name, made at another time, is another resource.
        older = re.sub("[0-9]+$", "1500000000000", channel)
        self.refuses_to_link(not_found, channel, stream.replace("/front-door/", "/missing/"))
        self.refuses_to_link(not_found, older, stream)
        for call, input in (
            (self.video.describe_signaling_channel, {"ChannelName": "missing"}),
            (self.video.describe_media_storage_configuration, {"ChannelARN": older}),
            (self.video.describe_mapped_resource_configuration, {"StreamName": "missing"}),
            (self.video.get_signaling_channel_endpoint, {"ChannelARN": older}),
            (self.video.get_data_endpoint, {"StreamName": "missing", "APIName": "GET_MEDIA"}),
            (self.video.list_tags_for_resource, {"ResourceARN": older}),
            (self.video.list_tags_for_stream, {"StreamName": "missing"}),
            (self.video.delete_signaling_channel, {"ChannelARN": older}),
            (self.video.delete_stream, {"StreamARN": older.replace(":channel/", ":stream/")}),
        ):
            with self.subTest(call.__name__):
                response = self.refuses(not_found, call, **input)
                self.assertEqual(response["ResponseMetadata"]["HTTPStatusCode"], 404)
                self.assertEqual(response["Message"], response["Error"]["Message"])

    def test_a_name_is_given_once(self):
        in_use = self.video.exceptions.ResourceInUseException
        self.stream("front-door")
        self.refuses(in_use, self.video.create_stream, StreamName="front-door")
        self.refuses(in_use, self.video.create_signaling_channel, ChannelName="declared")

    def test_without_storage_there_is_no_webrtc_endpoint(self):
        channel = self.channel("front-door")
        self.assertEqual(set(self.endpoints(channel, "MASTER", ["WSS", "HTTPS"])), {"WSS", "HTTPS"})
        with self.assertRaises(self.video.exceptions.InvalidArgumentException):
            self.endpoints(channel, "MASTER")

    def test_input_is_checked_by_the_service_where_botocore_does_not(self):
        invalid = self.video.exceptions.InvalidArgumentException
        self.refuses(invalid, self.video.create_signaling_channel, ChannelName="front door")
        self.refuses(invalid, self.video.describe_stream)
        self.refuses(invalid, self.video.create_stream, StreamName="yard", MediaType="video")
        self.refuses(invalid, self.video.list_streams, NextToken="not-one-of-ours")

    def test_joins_are_refused_with_the_errors_of_their_own_api(self):
        channel = self.channel("front-door")
        storage = self.client("kinesis-video-webrtc-storage", self.service.variables["AWS_ENDPOINT_URL_KINESIS_VIDEO"])
        exceptions = storage.exceptions
        self.refuses(exceptions.InvalidArgumentException, storage.join_storage_session, channelArn=channel)
        missing = channel.replace("/front-door/", "/missing/")
        response = self.refuses(exceptions.ResourceNotFoundException, storage.join_storage_session, channelArn=missing)
        self.assertEqual(response["message"], response["Error"]["Message"])
        reserved = {"channelArn": channel, "clientId": "AWS_viewer"}
        self.refuses(exceptions.InvalidArgumentException, storage.join_storage_session_as_viewer, **reserved)

    def test_a_wrong_secret_is_refused(self):
        self.service.variables["AWS_SECRET_ACCESS_KEY"] = "wrong"
        video = self.service.client("kinesisvideo")
        self.addCleanup(video.close)
        with self.assertRaises(ClientError) as raised:
            video.list_streams()
        response = raised.exception.response
        self.assertEqual(response["Error"]["Code"], "InvalidSignatureException")
        self.assertEqual(response["ResponseMetadata"]["HTTPStatusCode"], 403)

    def refuses_to_link(self, error, channel, stream):
        configuration = {"Status": "ENABLED", "StreamARN": stream}
        link = self.video.update_media_storage_configuration
        self.refuses(error, link, ChannelARN=channel, MediaStorageConfiguration=configuration)


class Quotas(Interop):
    arguments = ("--channel", "declared")

    def test_too_many_joins_a_second_and_too_many_viewers_are_refused(self):
        channel = self.video.describe_signaling_channel(ChannelName="declared")["ChannelInfo"]["ChannelARN"]
        storage = self.client("kinesis-video-webrtc-storage", self.endpoints(channel, "VIEWER")["WEBRTC"])
        limited = storage.exceptions.ClientLimitExceededException
        with self.assertRaises(limited) as raised:
            # Two a second are served.
            for _ in range(100):
                storage.join_storage_session(channelArn=channel)
        self.assertIn("Rate exceeded", raised.exception.response["message"])
        for number in range(3):
            self.join_as_viewer(storage, channel, f"viewer-{number}")
        with self.assertRaises(limited) as raised:
            self.join_as_viewer(storage, channel, "one-too-many")
        self.assertIn("maximum number of viewers", raised.exception.response["message"])

    def join_as_viewer(self, storage, channel, client):
        """Joins once the rate allows it."""
        while True:
            try:
                return storage.join_storage_session_as_viewer(channelArn=channel, clientId=client)
            except storage.exceptions.ClientLimitExceededException as error:
                if "Rate exceeded" not in error.response["message"]:
                    raise
                time.sleep(0.1)


class AccountLimits(Interop):
    seed = {"quotas": {"channels": 2, "streams": 2, "channelsWithStorage": 1}, "channels": [{"name": "declared"}]}

    def setUp(self):
        file = tempfile.NamedTemporaryFile("w", suffix=".json")
        self.addCleanup(file.close)
        json.dump(self.seed, file)
        file.flush()
        self.arguments = ("--seed", file.name)
        super().setUp()

    def test_the_account_has_its_limits(self):
        channel, stream = self.channel("front-door"), self.stream("front-door")
        exceptions, create = self.video.exceptions, self.video.create_signaling_channel
        self.refuses(exceptions.AccountChannelLimitExceededException, create, ChannelName="yard")
        self.refuses(exceptions.AccountStreamLimitExceededException, self.video.create_stream, StreamName="yard")
        with self.assertRaises(exceptions.ClientLimitExceededException):
            self.link(channel, stream)


class Discovery(Interop):
    def test_every_api_is_led_to_an_endpoint_of_its_own(self):
        channel, stream = self.channel("front-door"), self.stream("front-door")
        self.link(channel, stream)
        signaling = self.endpoints(channel, "MASTER")

        def data(api):
            return self.video.get_data_endpoint(StreamName="front-door", APIName=api)["DataEndpoint"]

        found = {*signaling.values(), data("GET_MEDIA"), data("LIST_FRAGMENTS")}
        self.assertEqual(len(found), 5, found)
        self.assertEqual(data("PUT_MEDIA"), data("GET_MEDIA"))

        storage = self.client("kinesis-video-webrtc-storage", signaling["WEBRTC"])
        storage.join_storage_session(channelArn=channel)
        # The others are reached, and say of what they are asked that they do not serve it.
        calls = (
            ("kinesis-video-signaling", signaling["HTTPS"], "get_ice_server_config", {"ChannelARN": channel}),
            ("kinesis-video-archived-media", data("LIST_FRAGMENTS"), "list_fragments", {"StreamName": "front-door"}),
            (
                "kinesis-video-media",
                data("GET_MEDIA"),
                "get_media",
                {"StreamName": "front-door", "StartSelector": {"StartSelectorType": "NOW"}},
            ),
        )
        for api, endpoint, operation, input in calls:
            with self.subTest(api), self.assertRaises(ClientError) as raised:
                getattr(self.client(api, endpoint), operation)(**input)
            self.assertEqual(raised.exception.response["Error"]["Code"], "UnknownOperationException")


def main():
    global BINARY
    if len(sys.argv) < 2:
        sys.exit(__doc__.strip())
    BINARY = os.path.abspath(sys.argv.pop(1))
    unittest.main()


if __name__ == "__main__":
    main()
