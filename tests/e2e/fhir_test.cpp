// The FHIR endpoint of a hub that runs: what is taken, what is refused and how it is said, a real client.
#include <gmock/gmock.h>

#include <cstdlib>
#include <fstream>
#include <thread>

#include "fhir_endpoint.h"
#include "program.h"
#include "raw_client.h"

namespace {

using musubi::testing::eventually;
using musubi::testing::Fhir;
using musubi::testing::HttpAnswer;
using musubi::testing::kTransaction;
using musubi::testing::ServingHub;
using ::testing::HasSubstr;

TEST_F(Fhir, a_transaction_is_answered_entry_by_entry_and_its_task_tells_what_became_of_it) {
  const auto answer = post("/fhir", kTransaction);
  ASSERT_EQ(answer.status, 200U) << answer.body;
  const auto json = answer.json();
  EXPECT_EQ(json.at("type").as_string(), "transaction-response");
  ASSERT_EQ(json.at("entry").as_array().size(), 2U);
  EXPECT_EQ(json.at("entry").at(0).at("response").at("location").as_string(), "Task/1");
  EXPECT_TRUE(eventually([&] { return task_status(1) == "completed"; }))
      << hub->get("/fhir/Task/1", sender).body;
  EXPECT_EQ(received(), 1U);
}

TEST_F(Fhir, the_same_again_counts_once) {
  ASSERT_EQ(post("/fhir", kTransaction).status, 200U);
  const auto again = post("/fhir", kTransaction);
  EXPECT_THAT(again.body, HasSubstr("200 OK"));
  EXPECT_TRUE(eventually([&] { return task_status(1) == "completed"; }));
  EXPECT_EQ(received(), 1U);
  const auto known = post(
      "/fhir/Condition", R"({"resourceType":"Condition","subject":{"reference":"Patient/1"}})",
      {{"Content-Type", "application/fhir+json"}, {"If-None-Exist", "identifier=urn:oid:1.2.3|report-1"}});
  EXPECT_EQ(known.status, 200U);
  EXPECT_THAT(known.body, HasSubstr("duplicate"));
}

TEST_F(Fhir, if_none_exist_is_read_as_clients_write_it_and_nothing_else_is_promised) {
  ASSERT_EQ(post("/fhir", kTransaction).status, 200U);
  ASSERT_TRUE(eventually([&] { return task_status(1) == "completed"; }));
  const auto asking = [&](const std::string& condition) {
    return post("/fhir/Condition", R"({"resourceType":"Condition","subject":{"reference":"Patient/1"}})",
                {{"Content-Type", "application/fhir+json"}, {"If-None-Exist", condition}});
  };
  for (const auto* known :
       {"identifier=urn:oid:1.2.3|report-1", "?identifier=urn:oid:1.2.3|report-1",
        "Condition?identifier=urn:oid:1.2.3|report-1", "identifier=urn%3Aoid%3A1.2.3%7Creport-1",
        "Condition?identifier=urn%3aoid%3a1.2.3%7creport%2D1"}) {
    const auto answer = asking(known);
    EXPECT_EQ(answer.status, 200U) << known << answer.body;
    EXPECT_THAT(answer.body, HasSubstr("duplicate")) << known;
  }
  for (const auto* unlike : {"name=a", "identifier=", "identifier=urn:oid:1.2.3|", "identifier=a%7",
                             "identifier=%ZZ", "identifier=a|b&name=c", "identifier=a|b,c|d",
                             "Patient?identifier=a|b", "Nothing?identifier=a|b", "Condition?name=a"}) {
    const auto answer = asking(unlike);
    EXPECT_EQ(answer.status, 412U) << unlike << answer.body;
    EXPECT_EQ(first_issue(answer), "fhir.condition_not_supported") << unlike;
  }
}

std::string lines(int from, int to, const char* gender) {
  std::string all;
  for (int each = from; each <= to; ++each) {
    const auto id = std::to_string(each);
    all +=
        R"({"resourceType":"Patient","id":"p)" + id + R"(","gender":")" + gender +
        R"(","name":[{"text":"試験 花子"}],"address":[{"text":"東京都千代田区"}]})"
        "\n"
        R"({"resourceType":"Condition","id":"c)" +
        id + R"(","identifier":[{"value":")" + id +
        R"("}],"code":{"coding":[{"code":"840539006","system":"http://snomed.info/sct"}]},"subject":{"reference":"Patient/p)" +
        id +
        R"("},"recordedDate":"2021-04-02"})"
        "\n";
  }
  return all;
}

/// The issues of what lies inside a Task under this id.
boost::json::array contained(const boost::json::value& task, std::string_view id) {
  if (!task.as_object().contains("contained")) return {};
  for (const auto& each : task.at("contained").as_array())
    if (each.at("id").as_string() == id) return each.at("issue").as_array();
  return {};
}

TEST_F(Fhir, each_record_of_many_is_told_page_by_page) {
  ASSERT_EQ(post("/fhir", lines(1, 250, "female"), {{"Content-Type", "application/fhir+ndjson"}}).status,
            201U);
  ASSERT_TRUE(eventually([&] { return task_status(1) == "completed"; }))
      << hub->get("/fhir/Task/1", sender).body;
  std::size_t told = 0, pages = 0;
  for (std::string next = "/fhir/Task/1"; !next.empty(); ++pages) {
    const auto task = hub->get(next, sender).json();
    next.clear();
    for (const auto& each : contained(task, "each_record")) {
      EXPECT_EQ(each.at_pointer("/details/coding/0/code").as_string(), "delivered");
      ++told;
    }
    for (const auto& output : task.at("output").as_array())
      if (output.as_object().contains("valueUri")) next = output.at("valueUri").as_string().c_str();
  }
  EXPECT_EQ(told, 250U);
  EXPECT_EQ(pages, 3U);
}

TEST_F(Fhir, a_record_that_is_held_and_a_report_sent_back_say_why_and_where) {
  ASSERT_EQ(
      post(
          "/fhir",
          lines(1, 1, "female") + lines(2, 2, "x") +
              R"({"resourceType":"Condition","id":"c3","code":{"coding":[{"code":"840539006","system":"http://snomed.info/sct"}]},"subject":{"reference":"Patient/p2"},"recordedDate":"21-04-02"})",
          {{"Content-Type", "application/fhir+ndjson"}})
          .status,
      201U);
  ASSERT_TRUE(eventually([&] { return task_status(1) == "on-hold"; }));
  const auto held = hub->get("/fhir/Task/1", sender, {{"Accept-Language", "ja"}});
  EXPECT_THAT(held.body, HasSubstr("この記録のリソースには"));
  const auto judged = contained(held.json(), "judged");
  ASSERT_EQ(judged.size(), 2U) << held.body;
  EXPECT_EQ(judged.at(1).at("expression").at(0).as_string(), "Condition.recordedDate");
  EXPECT_THAT(std::string(judged.at(1).at("location").at(0).as_string()), HasSubstr("line 5, column"));
  EXPECT_EQ(post("/fhir", R"({"resourceType":"Patient","birthDate":"80-1-1"})").status, 422U);
  ASSERT_TRUE(eventually([&] { return task_status(2) == "rejected"; }));
  EXPECT_EQ(contained(hub->get("/fhir/Task/2", sender).json(), "judged").size(), 1U);
}

/// The first expression of each issue with that code.
std::vector<std::string> expressions_of(const boost::json::array& issues, std::string_view code) {
  std::vector<std::string> found;
  for (const auto& issue : issues)
    if (issue.at_pointer("/details/coding/0/code").as_string() == code)
      found.emplace_back(issue.at("expression").at(0).as_string());
  return found;
}

TEST_F(Fhir, a_held_record_names_the_elements_it_is_held_for) {
  std::string bundle = kTransaction;
  bundle.replace(bundle.find("1980-02-03"), 10, "2980-02-03");
  bundle.replace(bundle.find("2021-03-30"), 10, "2981-03-30");
  const ::testing::Matcher<std::vector<std::string>> elements =
      ::testing::ElementsAre("Bundle.entry[0].resource.birthDate", "Bundle.entry[1].resource.onset");
  const auto tried = post("/fhir/$try", bundle).json();
  const auto& record = tried.at("parameter").at(1).at("part").as_array();
  EXPECT_THAT(expressions_of(record.back().at_pointer("/resource/issue").as_array(), "case.date_in_future"),
              elements);
  ASSERT_EQ(post("/fhir", bundle).status, 200U);
  ASSERT_TRUE(eventually([&] { return task_status(1) == "on-hold"; }));
  const auto task = hub->get("/fhir/Task/1", sender).json();
  for (const auto* const id : {"held", "each_record"})
    EXPECT_THAT(expressions_of(contained(task, id), "case.date_in_future"), elements) << id;
}

/// A batch of so many Patients, each of a profile of its own.
std::string batch_of(std::size_t patients, const std::string& last = {}) {
  std::string bundle = R"({"resourceType":"Bundle","type":"batch","entry":[)";
  for (std::size_t each = 0; each < patients; ++each)
    bundle += R"({"resource":{"resourceType":"Patient","meta":{"profile":["http://example.org/)" +
              std::to_string(each) +
              R"("]},"gender":"female"},"request":{"method":"POST","url":"Patient"}},)";
  bundle += last.empty() ? R"({"request":{"method":"GET","url":"Patient"}})" : last;
  return bundle + "]}";
}

TEST_F(Fhir, a_bundle_of_thousands_of_entries_is_answered_entry_by_entry) {
  const auto answer = post("/fhir", batch_of(4'000));
  ASSERT_EQ(answer.status, 200U) << answer.body.substr(0, 1'000);
  const auto json = answer.json();
  EXPECT_EQ(json.at("entry").as_array().size(), 4'001U);
  EXPECT_EQ(json.at_pointer("/entry/7/response/outcome/issue/0/expression/0").as_string(),
            "Bundle.entry[7].resource.meta.profile[0]");
}

TEST_F(Fhir, an_error_after_thousands_of_warnings_has_its_place) {
  const auto answer = post(
      "/fhir",
      batch_of(
          2'000,
          R"({"resource":{"resourceType":"Patient","birthDate":"80-1-1"},"request":{"method":"POST","url":"Patient"}})"));
  EXPECT_EQ(answer.status, 422U);
  EXPECT_THAT(answer.body, HasSubstr("Bundle.entry[2000].resource.birthDate"));
}

/// How something wrong is answered.
struct Wrong {
  const char* name;
  const char* target;
  std::string body;
  ServingHub::Headers headers;
  unsigned status;
  const char* code;
};

std::vector<Wrong> all_wrong() {
  const ServingHub::Headers json{{"Content-Type", "application/fhir+json"}};
  const ServingHub::Headers xml{{"Content-Type", "application/fhir+xml"}};
  std::string deep = R"({"resourceType":"Parameters","parameter":[)";
  for (int each = 0; each < 500; ++each) deep += R"({"name":"a","part":[)";
  return {
      {"truncated", "/fhir", R"({"resourceType":"Patient","gender":)", json, 400, "json.truncated"},
      {"duplicate_name", "/fhir", R"({"resourceType":"Patient","gender":"male","gender":"female"})", json,
       400, "json.duplicate_name"},
      {"too_deep", "/fhir", deep, json, 400, "json.too_deep"},
      {"no_type", "/fhir", "{}", json, 400, "fhir.not_a_resource"},
      {"unknown_type", "/fhir", R"({"resourceType":"Pacient"})", json, 400, "fhir.resource_unknown_near"},
      {"another_type", "/fhir/Patient", R"({"resourceType":"Condition","subject":{"reference":"Patient/1"}})",
       json, 400, "fhir.not_this_type"},
      {"no_such_type", "/fhir/Pacient", R"({"resourceType":"Patient"})", json, 404, "fhir.type_unknown"},
      {"doctype", "/fhir", R"(<!DOCTYPE a [<!ENTITY b "c">]><Patient xmlns="http://hl7.org/fhir"/>)", xml,
       400, "xml.doctype_refused"},
      {"lying_content_type", "/fhir", R"({"resourceType":"Patient"})", xml, 400, "fhir.content_type_lies"},
      {"unknown_content_type",
       "/fhir",
       "{}",
       {{"Content-Type", "image/png"}},
       415,
       "fhir.content_type_unknown"},
      {"another_version",
       "/fhir",
       "{}",
       {{"Content-Type", "application/fhir+json; fhirVersion=5.0"}},
       415,
       "fhir.content_type_unknown"},
      {"unknown_accept",
       "/fhir",
       "{}",
       {{"Content-Type", "application/fhir+json"}, {"Accept", "text/turtle"}},
       406,
       "fhir.accept_unknown"},
      {"invalid_utf8", "/fhir", "{\"resourceType\":\"Patient\",\"id\":\"\xFF\"}", json, 400,
       "text.malformed_bytes"},
      {"empty", "/fhir", "", json, 400, "fhir.empty"},
      {"broken_gzip",
       "/fhir",
       "not gzip",
       {{"Content-Type", "application/fhir+json"}, {"Content-Encoding", "gzip"}},
       400,
       "net.gzip_broken"},
      {"invalid_value", "/fhir", R"({"resourceType":"Patient","birthDate":"80-1-1"})", json, 422,
       "fhir.value_form"},
      {"reference_to_nowhere", "/fhir",
       R"({"resourceType":"Bundle","type":"message","entry":[{"fullUrl":"urn:uuid:0b6b1f3e-6a3c-4e0e-9d6c-0d9e6f6f0001","resource":{"resourceType":"Condition","subject":{"reference":"urn:uuid:0b6b1f3e-6a3c-4e0e-9d6c-0d9e6f6f0009"}}}]})",
       json, 422, "fhir.invariant_broken"},
      {"not_a_message", "/fhir/$process-message", R"({"resourceType":"Patient"})", json, 400,
       "fhir.not_a_message"},
      {"unknown_condition",
       "/fhir",
       R"({"resourceType":"Patient"})",
       {{"Content-Type", "application/fhir+json"}, {"If-None-Exist", "name=a"}},
       412,
       "fhir.condition_not_supported"},
  };
}

TEST_F(Fhir, what_is_wrong_is_refused_with_a_code_and_nothing_is_counted) {
  for (const auto& each : all_wrong()) {
    const auto answer = post(each.target, each.body, each.headers);
    EXPECT_EQ(answer.status, each.status) << each.name << ' ' << answer.body;
    EXPECT_EQ(first_issue(answer), each.code) << each.name << ' ' << answer.body;
  }
  EXPECT_EQ(received(), 0U);
  EXPECT_EQ(hub->get("/api/v1/ledger", staff).json().at("balanced").as_bool(), true);
}

TEST_F(Fhir, what_is_wrong_is_kept_for_its_sender) {
  EXPECT_EQ(post("/fhir", R"({"resourceType":"Patient","birthDate":"80-1-1"})").status, 422U);
  EXPECT_TRUE(eventually([&] { return task_status(1) == "rejected"; }));
  EXPECT_EQ(post("/fhir", R"({"resourceType":"Patient",)").status, 400U);
  EXPECT_TRUE(eventually([&] { return task_status(2) == "rejected"; }));
}

TEST_F(Fhir, what_is_refused_for_safety_keeps_nothing_that_comes_after_it_waiting) {
  EXPECT_EQ(
      post_xml("/fhir", R"(<!DOCTYPE a [<!ENTITY b "c">]><Patient xmlns="http://hl7.org/fhir"/>)").status,
      400U);
  ASSERT_EQ(post("/fhir", kTransaction).status, 200U);
  EXPECT_TRUE(eventually([&] { return task_status(2) == "completed"; }));
  EXPECT_EQ(task_status(1), "rejected");
}

/// A message of a Patient of this gender; `event` is the member of its header that names the event.
std::string message(const std::string& event, const std::string& gender) {
  const auto entry = [](const std::string& number, const std::string& resource) {
    return R"({"fullUrl":"urn:uuid:0b6b1f3e-6a3c-4e0e-9d6c-0d9e6f6f000)" + number + R"(","resource":)" +
           resource + "}";
  };
  return R"({"resourceType":"Bundle","type":"message","entry":[)" +
         entry("1", R"({"resourceType":"MessageHeader","id":"message-1",)" + event +
                        R"(,"source":{"endpoint":"https://laboratory.example/fhir"}})") +
         "," +
         entry("2", R"({"resourceType":"Patient","gender":")" + gender +
                        R"(","name":[{"text":"試験 太郎"}],"address":[{"text":"東京都千代田区"}]})") +
         "," +
         entry(
             "3",
             R"({"resourceType":"Condition","identifier":[{"value":"1"}],"code":{"coding":[{"code":"840539006","system":"http://snomed.info/sct"}]},"subject":{"reference":"urn:uuid:0b6b1f3e-6a3c-4e0e-9d6c-0d9e6f6f0002"},"recordedDate":"2021-04-02"})") +
         "]}";
}

/// What the header of an answered message says, and the first issue of its outcome.
struct AnsweredMessage {
  boost::json::object header;
  std::string outcome, issue;
};

AnsweredMessage read_message(const HttpAnswer& answer) {
  const auto json = answer.json();
  EXPECT_EQ(json.at("type").as_string(), "message") << answer.body;
  const auto header = json.at_pointer("/entry/0/resource").as_object();
  EXPECT_EQ(header.at("resourceType").as_string(), "MessageHeader");
  const auto& details = header.at("response").at("details").at("reference");
  EXPECT_EQ(details, json.at_pointer("/entry/1/fullUrl")) << answer.body;
  return {header, std::string(json.at_pointer("/entry/1/resource/id").as_string()),
          std::string(json.at_pointer("/entry/1/resource/issue/0/details/coding/0/code").as_string())};
}

TEST_F(Fhir, a_message_is_answered_by_a_message_that_names_it) {
  const auto taken = post("/fhir", message(R"("eventUri":"urn:example:\"report\"")", "male"));
  ASSERT_EQ(taken.status, 200U) << taken.body;
  const auto told = read_message(taken);
  EXPECT_EQ(told.header.at("eventUri").as_string(), "urn:example:\"report\"");
  EXPECT_EQ(told.header.at("response").at("identifier").as_string(), "message-1");
  EXPECT_EQ(told.header.at("response").at("code").as_string(), "ok");
  EXPECT_EQ(told.outcome, "outcome");
  EXPECT_EQ(told.issue, "fhir.received");

  const auto coded = post("/fhir", message(R"("eventCoding":{"system":"urn:a","code":"b"})", "female"));
  EXPECT_EQ(read_message(coded).header.at("eventCoding").at("code").as_string(), "b") << coded.body;

  const auto refused = post("/fhir", message(R"("eventUri":"urn:example:report")", "x"));
  EXPECT_EQ(refused.status, 422U);
  EXPECT_EQ(read_message(refused).header.at("response").at("code").as_string(), "fatal-error");
  EXPECT_NE(read_message(refused).issue, "fhir.received");

  const auto xml = post("/fhir", message(R"("eventUri":"urn:example:report")", "other"),
                        {{"Content-Type", "application/fhir+json"}, {"Accept", "application/fhir+xml"}});
  EXPECT_EQ(xml.status, 200U);
  EXPECT_THAT(xml.body, HasSubstr(R"(<eventUri value="urn:example:report"/>)"));
}

TEST_F(Fhir, only_the_sender_and_the_staff_see_what_became_of_it) {
  ASSERT_EQ(post("/fhir", kTransaction).status, 200U);
  EXPECT_EQ(hub->get("/fhir/Task/1", staff).status, 200U);
  EXPECT_EQ(hub->get("/fhir/Task/1", other).status, 404U);
  EXPECT_EQ(hub->get("/fhir/Task/1").status, 401U);
  const auto not_fhir = hub->post("/fhir", other, kTransaction, {{"Content-Type", "application/fhir+json"}});
  EXPECT_EQ(first_issue(not_fhir), "fhir.source_not_fhir");
}

TEST_F(Fhir, a_batch_keeps_what_is_right_and_lines_are_taken_one_by_one) {
  const std::string lines =
      R"({"resourceType":"Patient","id":"a","name":[{"text":"試験 花子"}]})"
      "\n"
      R"({"resourceType":"Condition","id":"c","code":{"coding":[{"code":"840539006","system":"http://snomed.info/sct"}]},"subject":{"reference":"Patient/a"},"recordedDate":"2021-04-02"})"
      "\n{broken\n";
  const auto answer = post("/fhir", lines, {{"Content-Type", "application/fhir+ndjson"}});
  EXPECT_EQ(answer.status, 201U) << answer.body;
  EXPECT_THAT(answer.body, HasSubstr("line 3"));
  EXPECT_TRUE(eventually([&] { return task_status(1) == "on-hold"; }))
      << hub->get("/fhir/Task/1", sender).body;
  EXPECT_EQ(received(), 2U);
}

TEST_F(Fhir, lines_of_which_none_is_read_are_sent_back_and_nobody_has_to_look) {
  const auto answer = post("/fhir", "{\"a\":1}\n{\"b\":2}\n", {{"Content-Type", "application/fhir+ndjson"}});
  EXPECT_EQ(answer.status, 422U) << answer.body;
  EXPECT_THAT(answer.body, HasSubstr("line 2"));
  EXPECT_TRUE(eventually([&] { return task_status(1) == "rejected"; }))
      << hub->get("/fhir/Task/1", sender).body;
  EXPECT_EQ(received(), 0U);
}

TEST_F(Fhir, a_record_that_a_person_sends_back_is_not_told_to_be_completed) {
  ASSERT_EQ(
      post("/fhir", lines(1, 1, "female") + lines(2, 2, "x"), {{"Content-Type", "application/fhir+ndjson"}})
          .status,
      201U);
  ASSERT_TRUE(eventually([&] { return task_status(1) == "on-hold"; }));
  const auto waiting = hub->get("/fhir/Task/1", sender).json();
  EXPECT_EQ(waiting.at_pointer("/businessStatus/coding/0/code").as_string(), "in_review");
  ASSERT_EQ(
      hub->post("/api/v1/quarantine/1/reject", reviewer, R"({"reason": "unknown to the clinic"})").status,
      200U);
  ASSERT_TRUE(eventually([&] { return task_status(1) == "rejected"; }))
      << hub->get("/fhir/Task/1", sender).body;
  const auto task = hub->get("/fhir/Task/1", sender).json();
  EXPECT_EQ(task.at_pointer("/businessStatus/coding/0/code").as_string(), "rejected");
  EXPECT_EQ(task.at_pointer("/statusReason/coding/0/code").as_string(), "fhir.records_sent_back");
}

TEST_F(Fhir, a_large_body_is_kept_at_once_and_judged_afterwards) {
  std::string lines;
  for (int each = 0; each < 40'000; ++each)
    lines += R"({"resourceType":"Patient","id":"p)" + std::to_string(each) +
             R"(","name":[{"text":"試験 花子"}],"gender":"female","address":[{"text":"東京都千代田区"}]})"
             "\n";
  ASSERT_GT(lines.size(), std::size_t{4} << 20);
  const auto answer = post("/fhir", lines, {{"Content-Type", "application/fhir+ndjson"}});
  EXPECT_EQ(answer.status, 202U) << answer.body;
  EXPECT_EQ(first_issue(answer), "fhir.received_to_be_judged");
  EXPECT_TRUE(eventually([&] { return task_status(1) == "rejected"; }))
      << hub->get("/fhir/Task/1", sender).body;
}

TEST_F(Fhir, slow_and_broken_senders_keep_nobody_from_handing_in) {
  std::vector<std::unique_ptr<musubi::net::testing::RawClient>> slow;
  for (int each = 0; each < 20; ++each) {
    slow.push_back(
        std::make_unique<musubi::net::testing::RawClient>(static_cast<std::uint16_t>(hub->port())));
    slow.back()->send(
        "POST /fhir HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer " + sender +
        "\r\nContent-Type: application/fhir+json\r\nContent-Length: 1000000\r\n\r\n{\"resourceType\":");
  }
  EXPECT_EQ(post("/fhir", kTransaction).status, 200U);
  EXPECT_TRUE(eventually([&] { return task_status(1) == "completed"; }));
}

/// The exit code of a shell command.
int shell(const std::string& command) {
  return std::system(command.c_str());
}  // NOLINT(cert-env33-c): a test

TEST_F(Fhir, a_client_of_emr_vendors_gets_along_with_it) {
  const std::filesystem::path script = std::filesystem::path(MUSUBI_PROJECT_FOLDER) / "tests/e2e/fhir_client";
  const auto place = musubi::testing::program_path().parent_path().parent_path() / "fhir_client";
  std::filesystem::create_directories(place);
  for (const auto* file : {"package.json", "client.mjs"})
    std::filesystem::copy_file(script / file, place / file,
                               std::filesystem::copy_options::overwrite_existing);
  if (shell("command -v node >/dev/null && command -v npm >/dev/null") != 0)
    GTEST_SKIP() << "skipped: Node.js and npm are not here";
  const auto in = "cd " + place.string() + " && ";
  if (shell(in + "{ [ -d node_modules/fhir-kit-client ] || timeout 120 npm install --silent --no-audit "
                 "--no-fund --no-package-lock; } >npm.log 2>&1") != 0)
    GTEST_SKIP() << "skipped: npm could not install fhir-kit-client";
  std::ofstream(folder.path() / "bundle.json") << kTransaction;
  const auto log = (folder.path() / "client.log").string();
  const auto ended =
      shell(in + "BASE=" + hub->url() + "/fhir TOKEN=" + sender + " timeout 120 node client.mjs " +
            (folder.path() / "bundle.json").string() + " >" + log + " 2>&1");
  std::ostringstream said;
  said << std::ifstream(log).rdbuf();
  EXPECT_EQ(ended, 0) << said.str();
  EXPECT_THAT(said.str(), HasSubstr("ok gzip"));
}

}  // namespace
