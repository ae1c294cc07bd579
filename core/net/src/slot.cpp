#include "slot.h"

#include <boost/asio/associated_executor.hpp>
#include <boost/asio/post.hpp>

namespace musubi::net {

// The coroutine is woken under the lock and takes the lock when it goes on: whoever settles has left the
// event loop alone by then.
void SlotBase::settle(const std::function<void()>& fill) {
  const std::lock_guard lock(mutex_);
  if (settled_) return;
  settled_ = true;
  fill();
  const auto wake = std::exchange(wake_, nullptr);
  if (wake) wake();
}

bool SlotBase::is_settled() {
  const std::lock_guard lock(mutex_);
  return settled_;
}

Task<void> SlotBase::settled() {
  if (is_settled()) co_return;
  const auto wait = [this](auto handler) {
    const auto shared = std::make_shared<decltype(handler)>(std::move(handler));
    const auto strand = asio::get_associated_executor(*shared);
    const std::function<void()> wake = [shared, strand] {
      asio::post(strand, [shared] { std::move (*shared)(); });
    };
    const std::lock_guard lock(mutex_);
    if (settled_)
      wake();
    else
      wake_ = wake;
  };
  co_await asio::async_initiate<const asio::use_awaitable_t<Strand>, void()>(wait, kAwait);
}

}  // namespace musubi::net
