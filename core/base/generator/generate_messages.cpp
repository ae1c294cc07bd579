// Makes the message table of libmusubi_sdk, or docs/messages.md, from core/base/messages/*.yaml.
//   musubi_generate_messages table|markdown OUTPUT INPUT...
#include <yaml-cpp/yaml.h>

#include <fstream>
#include <iostream>
#include <map>
#include <stdexcept>
#include <string>

namespace {

struct Message {
  std::string japanese, english, remedy_japanese, remedy_english, summary_japanese, summary_english;
};
using Messages = std::map<std::string, Message>;

std::string text_at(const YAML::Node& node, const char* key) {
  return node[key] ? node[key].as<std::string>() : std::string();
}

YAML::Node load(const std::string& file) {
  try {
    return YAML::LoadFile(file);
  } catch (const YAML::Exception& problem) {
    throw std::runtime_error(file + ": " + problem.what());
  }
}

/// YAML takes " #" in a text without quotes for the beginning of a comment and drops the rest.
void refuse_cut_texts(const std::string& file) {
  std::ifstream in(file);
  std::size_t number = 0;
  for (std::string line; std::getline(in, line);) {
    ++number;
    const auto colon = line.find(": ");
    const auto comment = line.find(" #");
    if (line.starts_with('#') || colon == line.npos || comment == line.npos || comment < colon) continue;
    const auto value = line.find_first_not_of(' ', colon + 1);
    if (line[value] == '"' || line[value] == '\'') continue;
    throw std::runtime_error(file + ":" + std::to_string(number) +
                             ": a text with \" #\" is cut there by YAML; put it in quotation marks");
  }
}

void read(const std::string& file, Messages& messages) {
  refuse_cut_texts(file);
  for (const auto& entry : load(file)) {
    const auto id = entry.first.as<std::string>();
    const auto& node = entry.second;
    Message message{text_at(node, "ja"),        text_at(node, "en"),         text_at(node, "remedy_ja"),
                    text_at(node, "remedy_en"), text_at(node, "summary_ja"), text_at(node, "summary_en")};
    if (message.japanese.empty() || message.english.empty())
      throw std::runtime_error(file + ": " + id + " needs both ja and en");
    if (message.remedy_japanese.empty() != message.remedy_english.empty() ||
        message.summary_japanese.empty() != message.summary_english.empty()) {
      throw std::runtime_error(file + ": " + id + " needs a remedy or summary in both languages or in none");
    }
    if (!messages.emplace(id, message).second)
      throw std::runtime_error(file + ": " + id + " is defined twice");
  }
}

std::string quoted(const std::string& text) {
  std::string result = "\"";
  for (const char each : text) {
    if (each == '\n') {
      result += "\\n";
      continue;
    }
    if (each == '"' || each == '\\') result += '\\';
    result += each;
  }
  return result + "\"";
}

void write_table(std::ostream& out, const Messages& messages) {
  for (const auto& [id, message] : messages) {
    out << "Message{" << quoted(id) << ", " << quoted(message.japanese) << ", " << quoted(message.english)
        << ", " << quoted(message.remedy_japanese) << ", " << quoted(message.remedy_english) << ", "
        << quoted(message.summary_japanese) << ", " << quoted(message.summary_english) << "},\n";
  }
}

void write_markdown(std::ostream& out, const Messages& messages) {
  out << "# Messages / メッセージ一覧\n\nGenerated from `core/base/messages/`; change it there.\n\n"
         "| id | 日本語 | English |\n|---|---|---|\n";
  for (const auto& [id, message] : messages) {
    out << "| `" << id << "` | " << message.japanese << (message.remedy_japanese.empty() ? "" : "<br>→ ")
        << message.remedy_japanese << " | " << message.english
        << (message.remedy_english.empty() ? "" : "<br>→ ") << message.remedy_english << " |\n";
  }
}

}  // namespace

int main(int count, char** arguments) try {
  if (count < 4) throw std::runtime_error("usage: musubi_generate_messages table|markdown OUTPUT INPUT...");
  Messages messages;
  for (int index = 3; index < count; ++index) read(arguments[index], messages);
  std::ofstream out(arguments[2]);
  if (std::string(arguments[1]) == "table")
    write_table(out, messages);
  else
    write_markdown(out, messages);
  return out ? 0 : 1;
} catch (const std::exception& error) {
  std::cerr << error.what() << '\n';
  return 1;
}
