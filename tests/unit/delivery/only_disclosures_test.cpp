// An unprotected record does not compile its way out.
#include <gtest/gtest.h>

#include <type_traits>

#include "musubi/delivery/delivery.h"

namespace musubi::delivery {
namespace {

using model::Disclosure;
using model::RecordBatch;

template <class T>
concept Deliverable = requires(plugin::Sink& sink, T& thing) { deliver(sink, thing, RetryPolicy{}, Wait{}); };
template <class T>
concept TakenBySinks = requires(plugin::Sink& sink, T& thing) { sink.deliver(thing); };

static_assert(Deliverable<Disclosure> && TakenBySinks<Disclosure>);
static_assert(!Deliverable<RecordBatch> && !TakenBySinks<RecordBatch>);
static_assert(!Deliverable<std::span<const model::Value>> && !TakenBySinks<std::span<const model::Value>>);
static_assert(!std::is_constructible_v<Disclosure, RecordBatch> &&
              !std::is_convertible_v<RecordBatch, Disclosure>);
static_assert(!std::is_default_constructible_v<Disclosure> && !std::is_copy_constructible_v<Disclosure>);

TEST(OnlyDisclosures, is_checked_by_the_compiler) { SUCCEED(); }

}  // namespace
}  // namespace musubi::delivery
