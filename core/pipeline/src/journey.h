// One submission on the road, part by part.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <vector>

#include "handoff.h"
#include "opened_part.h"
#include "part_reader.h"
#include "prepared_batch.h"

namespace musubi::pipeline {

/// Whether the sender is to mend it; otherwise the machine or the configuration is at fault and the import
/// goes on later.
bool is_about_input(const base::Error& error);

/// Carries one submission: either with go(), in as many transactions as it takes, or, where it is short, with
/// prepare(), book() and hand_over(), so that many are booked by one transaction. What is borrowed must
/// outlive it. Threads: one.
class Journey {
 public:
  Journey(const Equipment& equipment, const Tuning& tuning, Handoffs& handoffs, const ToCarry& submission,
          const ProgressListener& listener);

  base::Result<SubmissionReport> go();

  /// Reads, maps and checks; writes nothing. False: this one needs go(), because it is long, has many parts,
  /// was begun before, or cannot be read to its end. Afterwards no adapter is asked.
  bool prepare();
  /// Within Ledger::together(), after prepare() said true.
  base::Status book();
  /// When that transaction is durable: whoever waits for the records gets them.
  base::Result<SubmissionReport> hand_over();

 private:
  /// A part that was read whole.
  struct ReadPart {
    OpenedPart opened;
    std::chrono::sys_days as_of{};
    mapping::Drift drift;
    PreparedBatch batch;
    std::unique_ptr<Handoff> handoff;
    Outgoing outgoing;
  };

  base::Result<OpenedPart> open();
  base::Result<std::vector<OpenedPart>> parts_of(const OpenedPart& opened);
  base::Error refuse(const base::Error& error);
  base::Status carry(const OpenedPart& opened);
  base::Result<bool> carry_read(const OpenedPart& opened, PartReport& report);
  base::Status run(const OpenedPart& opened, const mapping::Mapping& mapping, const ledger::PartInfo& part,
                   PartReader& reader, PartReport& report);
  base::Result<bool> read_whole(OpenedPart opened);
  base::Status book(ReadPart& part);
  base::Result<ledger::PartInfo> pin(const OpenedPart& opened, std::chrono::sys_days as_of);
  std::chrono::sys_days day_of(const OpenedPart& opened) const;
  base::Result<PartReader> reader_of(const OpenedPart& opened) const;
  PartReport& report_on(const OpenedPart& opened);
  base::Status close();

  const Equipment& equipment_;
  const Tuning& tuning_;
  Handoffs& handoffs_;
  const ledger::SubmissionInfo info_;
  const std::string faultless_by_;
  const ProgressListener& listener_;
  bool begun_before_ = false, part_read_before_ = false;
  SubmissionReport report_;
  std::vector<ReadPart> read_;
};

}  // namespace musubi::pipeline
