// Bytes that are not kept are looked at all the same: judged before an answer, tried. Should the process die
// of them, the next start knows, and looks at them no more when it died of them too often.
#pragma once

#include <memory>
#include <set>
#include <string>
#include <string_view>

#include "in_hand.h"
#include "musubi/pipeline/hub.h"

namespace musubi::pipeline {

/// Threads: any.
class Looks {
 public:
  /// Who looks at the same time with a hand; further ones look without.
  static constexpr std::size_t kHands = 64;

  /// `most`: after so many deaths they are looked at no more; 0: always. `hands` is borrowed.
  static Looks after_start(const ledger::Ledger& ledger, Hands& hands, std::uint32_t most);

  base::Result<std::unique_ptr<Look>> begin(const std::string& source, std::string_view bytes);

 private:
  Looks(Hands& hands, std::set<std::int64_t> suspects) : hands_(&hands), suspects_(std::move(suspects)) {}

  Hands* hands_;
  std::set<std::int64_t> suspects_;
};

}  // namespace musubi::pipeline
