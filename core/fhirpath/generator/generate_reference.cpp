// musubi_generate_function_reference OUTPUT: the functions of the expression language as a page, from their
// own table.
#include <fmt/format.h>

#include <fstream>

#include "musubi/fhirpath/functions.h"

namespace {

using musubi::fhirpath::FunctionInfo;

/// A stroke would end the cell, inside code too.
std::string cell(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    if (c == '|') escaped += '\\';
    escaped += c;
  }
  return escaped;
}

std::string page() {
  std::string text =
      "# Functions of the expression language / 式の関数\n\n"
      "Made by `musubi_generate_function_reference` from the program's own table; do not edit.\n"
      "プログラムの関数表から作ったものです。\n\n"
      "Try one / 試す: `musubi fhirpath \"Patient.name.given\" patient.json`\n";
  std::string_view group;
  for (const FunctionInfo& function : musubi::fhirpath::functions()) {
    if (function.group != group) {
      group = function.group;
      text +=
          fmt::format("\n## {}\n\n| function | 説明 | what it does | example |\n|---|---|---|---|\n", group);
    }
    text += fmt::format("| `{}()` | {} | {} | `{}` |\n", function.name, cell(function.japanese),
                        cell(function.english), cell(function.example));
  }
  return text;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    fmt::print(stderr, "usage: musubi_generate_function_reference OUTPUT\n");
    return 2;
  }
  std::ofstream file(argv[1]);
  file << page();
  file.close();
  return file ? 0 : 3;
}
