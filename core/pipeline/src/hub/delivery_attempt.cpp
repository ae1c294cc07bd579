#include "delivery_attempt.h"

#include <algorithm>

#include "musubi/delivery/delivery.h"

namespace musubi::pipeline {
namespace {

using base::ErrorKind;

/// So many refusals and nothing accepted: it is not about single records.
constexpr std::size_t kAllAlike = 16;
/// More than these are not given up on the suspicion that they keep the recipient from answering.
constexpr std::size_t kMostSuspects = 8;
/// The reference of records of which the recipient may see nothing.
const std::string kNothingSeen = "-";

bool is_about_records(const base::Error& error) {
  switch (error.kind()) {
    case ErrorKind::bad_input:
    case ErrorKind::refused:
    case ErrorKind::limit_exceeded:
    case ErrorKind::not_found:
    case ErrorKind::defect:
      return true;
    default:
      return false;
  }
}

/// The sink's own word, not that delivery says it was refused.
const base::Error& root_of(const base::Error& error) {
  return error.cause() != nullptr ? *error.cause() : error;
}

/// A range of the chosen records of one load.
struct Span {
  const Outgoing* load;
  std::size_t first, count;
};

std::vector<model::Disclosure> disclosures_of(const Consignment& consignment, const Span& span) {
  const auto& terms = consignment.terms;
  const std::span chosen(span.load->chosen);
  const std::span keys(span.load->keys);
  return consignment.protector->protect(span.load->records, chosen.subspan(span.first, span.count),
                                        keys.subspan(span.first, span.count), terms.source, terms.submission,
                                        terms.event_date, terms.received_day);
}

/// References of many halves would not be read by anybody: the first and the last stand for them.
class Reference {
 public:
  void add(const std::string& reference) {
    if (first_.empty())
      text_ = first_ = reference;
    else
      text_ = first_ + " " + reference;
  }
  const std::string& text() const noexcept { return text_; }
  void clear() { first_.clear(), text_.clear(); }

 private:
  std::string first_, text_;
};

class Attempt {
 public:
  Attempt(plugin::Sink& sink, const Consignment& consignment, bool suspicious)
      : sink_(sink), consignment_(consignment), suspicious_(suspicious) {}

  Handover go() {
    for (const auto& load : consignment_.loads) {
      if (!over()) deliver({load.get(), 0, load->chosen.size()});
    }
    if (accepted_ == 0 && result_.refused.size() >= kAllAlike) refuse_the_rest();
    result_.receipt = reference_.text();
    return std::move(result_);
  }

 private:
  bool over() const {
    const bool all_alike = accepted_ == 0 && result_.refused.size() >= kAllAlike;
    return result_.away.has_value() || all_alike;
  }

  void deliver(const Span& span) {
    if (span.count == 0 || over()) return;
    const auto failure = hand(span);
    if (!failure) {
      accepted_ += span.count;
    } else if (is_about_records(*failure) || may_be_suspected(*failure)) {
      divide(span, *failure);
    } else {
      result_.away = *failure;
    }
  }

  bool may_be_suspected(const base::Error& failure) const {
    return suspicious_ && failure.kind() == ErrorKind::unavailable && result_.refused.size() < kMostSuspects;
  }

  void divide(const Span& span, const base::Error& failure) {
    if (span.count == 1) {
      const auto record = span.load->chosen[span.first];
      result_.refused.push_back({span.load->records->origin(record).row, root_of(failure).code()});
      return;
    }
    const auto half = span.count / 2;
    deliver({span.load, span.first, half});
    deliver({span.load, span.first + half, span.count - half});
  }

  /// Empty: accepted.
  std::optional<base::Error> hand(const Span& span) {
    const auto disclosures = disclosures_of(consignment_, span);
    for (const auto& disclosure : disclosures) {
      const auto receipt = delivery::deliver(sink_, disclosure, {.attempts = 1}, {});
      if (receipt.has_error()) return receipt.error();
      reference_.add(receipt->recipient_reference);
    }
    if (disclosures.empty()) reference_.add(kNothingSeen);
    return {};
  }

  void refuse_the_rest() {
    const auto cause = result_.refused.front().cause;
    result_.refused.assign(1, {result_.refused.front().row, cause});
    reference_.clear();
  }

  plugin::Sink& sink_;
  const Consignment& consignment_;
  bool suspicious_;
  std::size_t accepted_ = 0;
  Reference reference_;
  Handover result_;
};

}  // namespace

Handover hand_over(plugin::Sink& sink, const Consignment& consignment) {
  return Attempt(sink, consignment, false).go();
}

Handover isolate(plugin::Sink& sink, const Consignment& consignment) {
  return Attempt(sink, consignment, true).go();
}

base::Result<std::vector<Handover>> hand_over_together(plugin::Sink& sink,
                                                       std::span<const Consignment> consignments) {
  std::vector<model::Disclosure> disclosures;
  std::vector<std::size_t> owner;  ///< of each disclosure
  for (std::size_t index = 0; index < consignments.size(); ++index)
    for (const auto& load : consignments[index].loads)
      for (auto& each : disclosures_of(consignments[index], {load.get(), 0, load->chosen.size()})) {
        disclosures.push_back(std::move(each));
        owner.push_back(index);
      }
  std::vector<plugin::Receipt> receipts;
  if (!disclosures.empty()) {
    MUSUBI_ASSIGN(receipts, delivery::deliver_together(sink, disclosures));
  }
  std::vector<Reference> references(consignments.size());
  for (std::size_t index = 0; index < receipts.size(); ++index)
    references[owner[index]].add(receipts[index].recipient_reference);
  std::vector<Handover> handovers;
  for (const auto& reference : references)
    handovers.push_back({reference.text().empty() ? kNothingSeen : reference.text(), {}, {}});
  return handovers;
}

}  // namespace musubi::pipeline
