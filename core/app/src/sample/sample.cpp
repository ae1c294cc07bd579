#include "sample.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <span>
#include <string_view>

#include "draw.h"
#include "layouts.h"
#include "musubi/base/file.h"

namespace musubi::app::sample {
namespace {

struct Layout {
  std::string_view source;
  std::optional<std::uint64_t> (*write)(const SampleRequest&, std::ostream&);
  std::span<const std::string_view> kinds{};
};
constexpr auto kFhirKinds = std::to_array<std::string_view>({"report", "form", "laboratory", "bulk", "beds"});
constexpr std::array kLayouts = {Layout{"tokyo", write_tokyo}, Layout{"osaka", write_osaka},
                                 Layout{"hersys", write_hersys}, Layout{"fhir", write_fhir, kFhirKinds}};

bool has_kind(const Layout& layout, std::string_view kind) {
  return kind.empty() || std::ranges::find(layout.kinds, kind) != layout.kinds.end();
}

}  // namespace

Slip slip_of(Draw& draw, bool is_new) {
  constexpr int kChances = 350;
  const bool slips = draw.one_in(kChances);
  const int kind = draw.below(3);
  return slips && is_new ? static_cast<Slip>(kind + 1) : Slip::none;
}

base::Result<std::uint64_t> write_sample(const SampleRequest& request, std::ostream& out) {
  for (const Layout& layout : kLayouts) {
    if (layout.source != request.source) continue;
    if (!has_kind(layout, request.kind))
      return base::Error(base::ErrorKind::usage, "sample.unknown_kind",
                         {{"source", request.source}, {"kind", request.kind}});
    errno = 0;
    if (const auto cases = layout.write(request, out)) return *cases;
    return base::file_error(errno == 0 ? EIO : errno, {});
  }
  return base::Error(base::ErrorKind::usage, "sample.unknown_source", {{"source", request.source}});
}

}  // namespace musubi::app::sample
