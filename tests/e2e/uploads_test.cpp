// Handing in piece by piece and by a form, as senders do it: over lines that break, past a hub that is
// killed, with the commands of docs/serve.md.
#include <gmock/gmock.h>

#include <array>
#include <cstdio>
#include <fstream>
#include <random>

#include "musubi/base/digest.h"
#include "raw_client.h"
#include "serving_hub.h"
#include "temporary_folder.h"

namespace musubi {
namespace {

using net::testing::RawClient;
using testing::eventually;
using ::testing::HasSubstr;
using testing::HttpAnswer;
using testing::new_token;
using testing::ServingHub;

constexpr const char* kSubmissions = "/api/v1/submissions";

/// Bytes that nothing repeats; the same for the same seed.
std::string bytes_of(std::size_t size, std::uint64_t seed) {
  std::mt19937_64 random(seed);
  std::string bytes;
  bytes.reserve(size + 8);
  while (bytes.size() < size) {
    const auto word = random();
    bytes.append(reinterpret_cast<const char*>(&word), sizeof word);
  }
  bytes.resize(size);
  return bytes;
}

std::string text(const HttpAnswer& answer, const char* name) {
  return std::string(answer.json().at(name).as_string());
}
std::uint64_t number(const HttpAnswer& answer, const char* name) {
  return answer.json().at(name).to_number<std::uint64_t>();
}
std::string code(const HttpAnswer& answer) {
  return std::to_string(answer.status) + " " + std::string(answer.json().at("error").at("code").as_string());
}

struct Command {
  int exit_code = -1;
  std::string out;
};

/// By the shell, with these in its environment.
Command run_shell(const std::filesystem::path& script,
                  const std::vector<std::pair<std::string, std::string>>& environment) {
  std::string line;
  for (const auto& [name, value] : environment) line += name + "='" + value + "' ";
  std::FILE* const pipe = ::popen((line + "sh -e '" + script.string() + "' 2>&1").c_str(), "r");
  Command command;
  std::array<char, 4096> buffer{};
  while (const auto got = std::fread(buffer.data(), 1, buffer.size(), pipe))
    command.out.append(buffer.data(), got);
  command.exit_code = ::pclose(pipe);
  return command;
}

/// The block of docs/serve.md that hands in a large file.
std::string script_of_the_page() {
  std::ifstream in(MUSUBI_PROJECT_FOLDER "/docs/serve.md");
  const std::string page{std::istreambuf_iterator<char>(in), {}};
  const auto from = page.find("# Hands in $FILE");
  return page.substr(from, page.find("```", from) - from);
}

class HandingIn : public ::testing::Test {
 protected:
  void SetUp() override {
    tokyo = new_token(home(), "sender", "tokyo");
    start();
  }
  void start() {
    hub = std::make_unique<ServingHub>(ServingHub::Settings{.home = home()});
    ASSERT_NE(hub->port(), 0) << hub->log();
  }
  std::filesystem::path home() const { return folder.path() / "home"; }

  /// The URL of a new upload that announces what `bytes` are.
  std::string begin(const std::string& bytes, const std::string& name = "list.csv") const {
    const auto digest = base::to_hex(base::sha256(bytes));
    const auto answer =
        hub->post("/api/v1/uploads?name=" + name, tokyo,
                  R"({"bytes": )" + std::to_string(bytes.size()) + R"(, "sha256": ")" + digest + "\"}");
    EXPECT_EQ(answer.status, 201U) << answer.body;
    return text(answer, "url");
  }
  HttpAnswer send(const std::string& url, std::uint64_t offset, std::string bytes) const {
    return hub->ask("PATCH", url + "?offset=" + std::to_string(offset), tokyo, std::move(bytes));
  }
  std::uint64_t offset(const std::string& url) const { return number(hub->get(url, tokyo), "offset"); }

  /// Says that `whole` bytes come, sends these, and breaks off.
  void break_off(const std::string& url, std::uint64_t offset, std::string_view bytes,
                 std::size_t whole) const {
    const RawClient client(static_cast<std::uint16_t>(hub->port()));
    ASSERT_TRUE(client.send("PATCH " + url + "?offset=" + std::to_string(offset) +
                            " HTTP/1.1\r\nHost: hub\r\n" + net::testing::bearer(tokyo) +
                            "Content-Length: " + std::to_string(whole) + "\r\n\r\n"));
    ASSERT_TRUE(client.send(bytes));
    ASSERT_TRUE(eventually([&] { return this->offset(url) > offset; })) << "nothing arrived";
  }

  /// Sends the rest from where it stands, in pieces.
  void send_the_rest(const std::string& url, const std::string& bytes, std::size_t piece) const {
    for (auto at = offset(url); at < bytes.size();) {
      const auto answer = send(url, at, bytes.substr(at, piece));
      ASSERT_EQ(answer.status, 200U) << answer.body;
      at = number(answer, "offset");
    }
  }

  void expect_submission_of(const std::string& url, const std::string& bytes) const {
    const auto answer = hub->post(url + "/complete", tokyo);
    ASSERT_EQ(answer.status, 202U) << answer.body;
    EXPECT_EQ(text(answer, "sha256"), base::to_hex(base::sha256(bytes)));
    EXPECT_EQ(number(answer, "bytes"), bytes.size());
    EXPECT_EQ(number(hub->get(text(answer, "status"), tokyo), "times_received"), 1U);
  }

  testing::TemporaryFolder folder;
  std::string tokyo;
  std::unique_ptr<ServingHub> hub;
};

TEST_F(HandingIn, an_upload_is_a_submission_like_any_other) {
  const auto bytes = bytes_of(300'000, 1);
  const auto url = begin(bytes, "patients.csv");
  send_the_rest(url, bytes, 100'000);
  const auto first = hub->post(url + "/complete", tokyo);
  ASSERT_EQ(first.status, 202U) << first.body;
  EXPECT_EQ(text(first, "name"), "patients.csv");
  const auto again = hub->post(url + "/complete", tokyo);
  EXPECT_EQ(again.status, 200U) << "the answer may have been lost";
  EXPECT_EQ(text(again, "status"), text(first, "status"));
  EXPECT_EQ(text(hub->get(url, tokyo), "status"), text(first, "status"));
  EXPECT_EQ(hub->post(kSubmissions, tokyo, bytes).status, 200U) << "the same bytes";
  EXPECT_EQ(number(hub->get(text(first, "status"), tokyo), "times_received"), 2U);
  EXPECT_EQ(code(send(url, bytes.size(), "more")), "409 intake.upload_done");
}

TEST_F(HandingIn, it_goes_on_after_a_line_that_broke) {
  const auto bytes = bytes_of(3'000'000, 2);
  const auto url = begin(bytes);
  break_off(url, 0, std::string_view(bytes).substr(0, 1'000'000), bytes.size());
  ASSERT_TRUE(eventually([&] { return offset(url) == 1'000'000; })) << "something is lost";
  ASSERT_TRUE(eventually([&] { return send(url, 1'000'000, {}).status == 200; }))
      << "the old connection stays";
  const auto elsewhere = send(url, 0, bytes.substr(0, 100'000));
  EXPECT_EQ(code(elsewhere), "409 intake.upload_offset");
  EXPECT_EQ(number(elsewhere, "offset"), 1'000'000U);
  send_the_rest(url, bytes, 1'000'000);
  expect_submission_of(url, bytes);
}

TEST_F(HandingIn, it_goes_on_after_kill_9) {
  const auto bytes = bytes_of(3'000'000, 3);
  const auto url = begin(bytes);
  ASSERT_EQ(send(url, 0, bytes.substr(0, 500'000)).status, 200U);
  break_off(url, 500'000, std::string_view(bytes).substr(500'000, 800'000), 2'500'000);
  const auto told = offset(url);
  hub->kill();
  start();
  EXPECT_GE(offset(url), told);
  send_the_rest(url, bytes, 700'000);
  expect_submission_of(url, bytes);
  hub->kill();
  start();
  EXPECT_EQ(hub->post(url + "/complete", tokyo).status, 200U);
}

TEST_F(HandingIn, seventy_megabytes_in_pieces_equal_the_file) {
  const auto bytes = bytes_of(70'000'000, 4);
  const auto url = begin(bytes);
  send_the_rest(url, bytes, 16'000'000);
  expect_submission_of(url, bytes);
}

TEST_F(HandingIn, what_was_announced_is_checked_and_can_be_looked_at) {
  const auto bytes = bytes_of(1'000, 5);
  const auto url = begin(bytes);
  ASSERT_EQ(send(url, 0, bytes.substr(0, 999)).status, 200U);
  EXPECT_EQ(code(hub->post(url + "/complete", tokyo)), "422 intake.upload_incomplete");
  ASSERT_EQ(send(url, 999, "?").status, 200U);
  EXPECT_EQ(code(hub->post(url + "/complete", tokyo)), "422 intake.upload_digest");
  EXPECT_EQ(offset(url), 1'000U);
  EXPECT_EQ(hub->ask("DELETE", url, tokyo).status, 200U);
  EXPECT_EQ(code(hub->get(url, tokyo)), "404 intake.upload_absent");
}

TEST_F(HandingIn, an_upload_is_seen_by_its_own_source_only) {
  const auto osaka = new_token(home(), "sender", "osaka"), staff = new_token(home(), "operator");
  const auto url = begin("abc");
  for (const auto& [method, target] : {std::pair("GET", url), std::pair("PATCH", url + "?offset=0"),
                                       std::pair("POST", url + "/complete"), std::pair("DELETE", url)})
    EXPECT_EQ(code(hub->ask(method, target, osaka)), "404 intake.upload_absent") << method;
  EXPECT_EQ(code(hub->get("/api/v1/uploads/" + std::string(32, '0'), osaka)), "404 intake.upload_absent");
  EXPECT_EQ(hub->get(url, staff).status, 200U);
  EXPECT_EQ(code(hub->post("/api/v1/uploads?source=tokyo", osaka)), "404 net.not_found");
  EXPECT_EQ(code(hub->post("/api/v1/uploads", staff)), "400 api.which_source");
  EXPECT_EQ(code(hub->post(kSubmissions, staff, "abc")), "400 api.which_source");
}

TEST_F(HandingIn, the_script_of_the_page_hands_in_a_file) {
  if (run_shell(folder.write("has-curl.sh", "command -v curl"), {}).exit_code != 0) GTEST_SKIP() << "no curl";
  const auto bytes = bytes_of(1'000'000, 6);
  const auto script = folder.write("upload.sh", script_of_the_page());
  const auto run = run_shell(
      script, {{"TOKEN", tokyo}, {"HUB", hub->url()}, {"FILE", folder.write("list.csv", bytes).string()}});
  EXPECT_EQ(run.exit_code, 0) << run.out;
  EXPECT_THAT(run.out, HasSubstr(base::to_hex(base::sha256(bytes))));
}

// --- forms

/// One file of a form, as a browser writes it.
std::string file_part(const std::string& name, const std::string& bytes) {
  return "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" + name +
         "\"\r\nContent-Type: text/csv\r\n\r\n" + bytes + "\r\n";
}
const ServingHub::Headers kForm{{"Content-Type", "multipart/form-data; boundary=b"}};

TEST_F(HandingIn, curl_sends_a_form) {
  if (run_shell(folder.write("has-curl.sh", "command -v curl"), {}).exit_code != 0) GTEST_SKIP() << "no curl";
  const auto bytes = bytes_of(2'000'000, 7);
  const auto script = folder.write(
      "form.sh",
      "curl -sS -H \"Authorization: Bearer $TOKEN\" -F file=@\"$FILE\" \"$HUB/api/v1/submissions\"");
  const auto run = run_shell(
      script, {{"TOKEN", tokyo}, {"HUB", hub->url()}, {"FILE", folder.write("list.csv", bytes).string()}});
  EXPECT_EQ(run.exit_code, 0) << run.out;
  EXPECT_THAT(run.out, HasSubstr(base::to_hex(base::sha256(bytes))));
  EXPECT_THAT(run.out, HasSubstr("\"name\":\"list.csv\""));
}

TEST_F(HandingIn, a_form_with_one_file_is_answered_like_its_bytes) {
  const auto form =
      hub->post(kSubmissions, tokyo, file_part("C:\\data\\患者.csv", "a,b\n1,2\n") + "--b--\r\n", kForm);
  ASSERT_EQ(form.status, 202U) << form.body;
  EXPECT_EQ(text(form, "name"), "患者.csv");
  const auto raw = hub->post(kSubmissions, tokyo, "a,b\n1,2\n");
  EXPECT_EQ(raw.status, 200U);
  EXPECT_EQ(text(raw, "status"), text(form, "status"));
}

TEST_F(HandingIn, every_file_of_a_form_is_a_submission) {
  const auto large = bytes_of(200'000, 8);
  const auto form = hub->post(
      kSubmissions, tokyo,
      file_part("small.csv", "a,b\n1,3\n") + file_part("", "") + file_part("large.csv", large) + "--b--\r\n",
      kForm);
  ASSERT_EQ(form.status, 202U) << form.body;
  const auto json = form.json();
  const auto& all = json.at("submissions").as_array();
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all[0].at("name"), "small.csv");
  EXPECT_EQ(all[1].at("sha256").as_string(), base::to_hex(base::sha256(large)));
}

TEST_F(HandingIn, a_form_that_is_not_whole_hands_in_nothing) {
  const auto good = file_part("a.csv", "a,b\n1,4\n");
  const std::pair<std::string, const char*> forms[] = {
      {good + file_part("b.csv", "cut"), "400 net.form_not_whole"},
      {good + file_part("empty.csv", "") + "--b--", "400 api.form_empty_file"},
      {good + "--b\r\nContent-Disposition: form-data; name=source\r\n\r\ntokyo\r\n--b--",
       "400 api.form_field"},
      {good + "--b\r\nno header\r\n\r\n", "400 net.form_broken"},
      {file_part("", "") + "--b--", "400 api.empty_body"},
      {"", "400 net.form_not_whole"}};
  for (const auto& [form, why] : forms)
    EXPECT_EQ(code(hub->post(kSubmissions, tokyo, form, kForm)), why) << form;
  EXPECT_EQ(code(hub->post(kSubmissions, tokyo, good, {{"Content-Type", "multipart/form-data"}})),
            "400 net.form_boundary");
  EXPECT_TRUE(hub->get(kSubmissions, tokyo).json().at("submissions").as_array().empty());
}

}  // namespace
}  // namespace musubi
