#include "attempts.h"

namespace musubi::pipeline {
namespace {

using base::Error;
using base::ErrorKind;
using ledger::Errand;

/// Trying the same again may well fail in the same way, and the sender cannot mend it.
bool counts(const Error& error) {
  for (const auto* each = &error; each != nullptr; each = each->cause()) {
    const bool of_memory = each->code() == "plugin.out_of_memory" || each->code() == "pipeline.out_of_memory";
    if (of_memory || each->kind() == ErrorKind::defect) return true;
  }
  return false;
}

std::string_view reason_of(Errand errand) {
  return errand == Errand::carry ? "pipeline.submission_poison" : "pipeline.consignment_poison";
}

}  // namespace

base::Status Attempts::count_left(const std::vector<Task>& left) {
  for (const auto& task : left) {
    // Looks are many and short: of those that were under way when somebody ended the process, most are
    // innocent.
    if (task.errand == Errand::look && !task.blamed && left.size() > 1) continue;
    MUSUBI_ASSIGN(const auto unended, note(task));
    if (unended.times == 0) continue;
    MUSUBI_ASSIGN(const auto given_up, give_up(unended));
    if (!given_up) observer_.unended(unended);
  }
  return {};
}

bool Attempts::is_over(const ledger::SubmissionInfo& info, const Error& error) {
  const auto now = ledger_.submission(info.id);
  if (now && now->state == ledger::SubmissionState::rejected) return true;
  if (!counts(error)) return false;
  const auto unended = note({Errand::carry, info.id, info.source});
  if (unended.has_error()) return false;
  const auto given_up = give_up(*unended);
  return !given_up.has_error() && *given_up;
}

std::int64_t Attempts::submission_of(const Task& task) const {
  if (task.errand == Errand::carry) return task.id;
  if (task.errand == Errand::look) return 0;
  const auto row = ledger_.open_outbox_row(task.id);
  const auto part = row ? ledger_.part(row->part) : std::nullopt;
  return part ? part->submission : 0;
}

std::string Attempts::name_of(const Task& task) const {
  if (task.errand == Errand::carry) return ledger_.source_of(task.id);
  if (task.errand == Errand::look) return {};
  const auto row = ledger_.open_outbox_row(task.id);
  return row ? row->recipient : std::string();
}

base::Result<Unended> Attempts::note(const Task& task) {
  auto name = name_of(task);
  MUSUBI_ASSIGN(const auto times, ledger_.note_unended(task.errand, task.id));
  return Unended{task.errand, task.id, std::move(name), times};
}

base::Result<bool> Attempts::give_up(const Unended& unended) {
  if (most_ == 0 || unended.times < most_) return false;
  if (unended.errand != Errand::look)
    MUSUBI_TRY(ledger_.set_aside(unended.errand, unended.id, reason_of(unended.errand)));
  observer_.set_aside(unended);
  return true;
}

}  // namespace musubi::pipeline
