#include "seen_letters.h"

#include <utility>

#include "musubi/base/file.h"

namespace musubi::intake {
namespace {

constexpr std::string_view kFormat = "musubi letters 1\n", kDone = "done ", kRefused = "refused ";
constexpr std::uint64_t kMostBytes = std::uint64_t{64} << 20;

}  // namespace

SeenLetters::SeenLetters(std::filesystem::path file) : file_(std::move(file)) {}

base::Result<SeenLetters> SeenLetters::load(std::filesystem::path file) {
  SeenLetters seen(std::move(file));
  const auto bytes = base::read_file(seen.file_, kMostBytes);
  if (bytes.has_error() && bytes.error().code() == "file.not_found") return seen;
  if (bytes.has_error()) return bytes.error();
  std::string_view rest = *bytes;
  const auto unreadable =
      base::Error(base::ErrorKind::environment, "intake.seen_unreadable").at({.file = seen.file_.string()});
  if (!rest.starts_with(kFormat) || !rest.ends_with('\n')) return unreadable;
  rest.remove_prefix(kFormat.size());
  for (; !rest.empty(); rest.remove_prefix(rest.find('\n') + 1)) {
    const auto line = rest.substr(0, rest.find('\n'));
    const bool done = line.starts_with(kDone);
    if (!done && !line.starts_with(kRefused)) return unreadable;
    const auto id = line.substr(done ? kDone.size() : kRefused.size());
    seen.states_.emplace(id, done ? State::done : State::refused);
  }
  return seen;
}

SeenLetters::State SeenLetters::state(const std::string& id) const {
  const auto known = states_.find(id);
  return known == states_.end() ? State::unknown : known->second;
}

base::Status SeenLetters::remember(const std::string& id, State state) {
  states_[id] = state;
  std::string text(kFormat);
  for (const auto& [each, its_state] : states_)
    text.append(its_state == State::done ? kDone : kRefused).append(each).append("\n");
  return base::write_file_durably(file_, text);
}

void SeenLetters::keep_only(const std::set<std::string>& ids) {
  std::erase_if(states_, [&](const auto& each) { return !ids.contains(each.first); });
}

}  // namespace musubi::intake
