// Mail servers in the small: enough of IMAP and POP3 to be told apart from real ones by nothing we ask.
#pragma once

#include <Poco/Net/NetException.h>
#include <Poco/Net/SecureStreamSocket.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "scripted_server.h"

namespace musubi::testing {

/// What both have; messages by number, per folder.
struct FakeMail {
  std::map<std::string, std::map<int, std::string>> folders{{"INBOX", {}}};
  std::string password = "secret";
  std::vector<std::string> heard{};  ///< commands without tags
  int dies_after = -1;               ///< so many commands of a connection; -1: never
  std::function<std::optional<std::string>(const std::string& command)> instead{};  ///< of an answer
  Poco::Net::Context::Ptr tls{};                                                    ///< for STARTTLS

  void put(int number, std::string message) { folders["INBOX"][number] = std::move(message); }
};

class FakeImap {
 public:
  explicit FakeImap(FakeMail& mail, std::string capabilities = "IMAP4rev1 MOVE UIDPLUS")
      : mail_(mail), capabilities_(std::move(capabilities)) {}

  void operator()(Poco::Net::StreamSocket& plain) {
    Poco::Net::StreamSocket socket = plain;
    deleted_.clear();
    send(socket, "* OK ready\r\n");
    for (int commands = 0;; ++commands) {
      const auto line = receive_line(socket);
      if (line.empty() || commands == mail_.dies_after) return;
      const auto divided = line.find(' ');
      const auto tag = line.substr(0, divided), command = line.substr(divided + 1);
      mail_.heard.push_back(command);
      const auto other = mail_.instead ? mail_.instead(command) : std::nullopt;
      send(socket, other ? *other : answer(command) + tag + " " + state_ + "\r\n");
      if (command == "LOGOUT") return;
      if (command == "STARTTLS" && mail_.tls) {
        auto secured = Poco::Net::SecureStreamSocket::attach(socket, mail_.tls);
        socket = secured;
      }
    }
  }

 private:
  std::string answer(const std::string& command) {
    state_ = "OK done";
    std::istringstream words(command);
    std::string word;
    words >> word;
    if (word == "CAPABILITY") return "* CAPABILITY " + capabilities_ + "\r\n";
    if (word == "LOGIN" && command.find("\"" + mail_.password + "\"") == command.npos) state_ = "NO wrong";
    if (word == "CREATE") mail_.folders[unquoted(command.substr(7))];
    if (word == "EXPUNGE") expunge();
    if (word == "LOGOUT") return "* BYE\r\n";
    return word == "UID" ? answer_uid(words) : "";
  }

  std::string answer_uid(std::istringstream& words) {
    std::string word, rest;
    int uid = 0;
    words >> word;
    if (word == "SEARCH") return search();
    words >> uid;
    std::getline(words >> std::ws, rest);
    if (word == "FETCH") return fetch(uid);
    if (word == "STORE") deleted_.insert(uid);
    if (word == "EXPUNGE") expunge();
    if (word == "COPY" || word == "MOVE") copy(uid, unquoted(rest), word == "MOVE");
    return "";
  }

  std::string search() const {
    std::string found = "* SEARCH";
    for (const auto& [uid, message] : mail_.folders.at("INBOX"))
      if (!deleted_.contains(uid)) found += " " + std::to_string(uid);
    return found + "\r\n";
  }

  std::string fetch(int uid) const {
    const auto& message = mail_.folders.at("INBOX").at(uid);
    return "* 1 FETCH (FLAGS (\\Recent) UID " + std::to_string(uid) + " BODY[]<0> {" +
           std::to_string(message.size()) + "}\r\n" + message + ")\r\n* 3 EXISTS\r\n";
  }

  void copy(int uid, const std::string& folder, bool move) {
    if (!mail_.folders.contains(folder)) {
      state_ = "NO [TRYCREATE] no such folder";
      return;
    }
    mail_.folders[folder][uid] = mail_.folders["INBOX"].at(uid);
    if (move) mail_.folders["INBOX"].erase(uid);
  }

  void expunge() {
    for (const int uid : deleted_) mail_.folders["INBOX"].erase(uid);
    deleted_.clear();
  }

  static std::string unquoted(const std::string& text) {
    return text.size() < 2 ? text : text.substr(1, text.size() - 2);
  }

  FakeMail& mail_;
  std::string capabilities_, state_;
  std::set<int> deleted_;
};

class FakePop3 {
 public:
  explicit FakePop3(FakeMail& mail) : mail_(mail) {}

  void operator()(Poco::Net::StreamSocket& socket) {
    std::set<int> deleted;
    send(socket, "+OK ready\r\n");
    for (int commands = 0;; ++commands) {
      const auto command = receive_line(socket);
      if (command.empty() || commands == mail_.dies_after) return;
      mail_.heard.push_back(command);
      const auto other = mail_.instead ? mail_.instead(command) : std::nullopt;
      send(socket, other ? *other : answer(command, deleted));
      if (command != "QUIT") continue;
      for (const int number : deleted) mail_.folders["INBOX"].erase(number);
      return;
    }
  }

 private:
  std::string answer(const std::string& command, std::set<int>& deleted) const {
    const auto& messages = mail_.folders.at("INBOX");
    const auto argument = command.size() > 5 ? command.substr(5) : "";
    if (command.starts_with("PASS")) return argument == mail_.password ? "+OK\r\n" : "-ERR wrong\r\n";
    if (command == "LIST" || command == "UIDL") {
      std::string list = "+OK\r\n";
      for (const auto& [number, message] : messages)
        list += std::to_string(number) + " " +
                (command == "LIST" ? std::to_string(message.size()) : "id-" + std::to_string(number)) +
                "\r\n";
      return list + ".\r\n";
    }
    if (command.starts_with("RETR")) return "+OK\r\n" + stuffed(messages.at(std::stoi(argument))) + ".\r\n";
    if (command.starts_with("DELE")) deleted.insert(std::stoi(argument));
    return "+OK\r\n";
  }

  static std::string stuffed(const std::string& message) {
    std::string lines;
    std::istringstream text(message);
    for (std::string line; std::getline(text, line);) {
      if (line.starts_with('.')) lines += '.';
      lines += line + "\n";
    }
    return lines;
  }

  FakeMail& mail_;
};

/// A message with these attachments (name, content).
inline std::string mail_with(const std::vector<std::pair<std::string, std::string>>& attachments,
                             const std::string& from = "fax@example.jp") {
  std::string mail = "From: " + from +
                     "\r\nMessage-ID: <1@example.jp>\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
                     "--b\r\nContent-Type: text/plain\r\n\r\n.dots\r\n..\r\n";
  for (const auto& [name, content] : attachments)
    mail += "--b\r\nContent-Disposition: attachment; filename=\"" + name + "\"\r\n\r\n" + content + "\r\n";
  return mail + "--b--\r\n";
}

}  // namespace musubi::testing
