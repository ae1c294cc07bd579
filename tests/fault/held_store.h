// The central store, held so that nobody writes to it.
#pragma once

#include <sqlite3.h>

#include "laboratory.h"

namespace musubi::testing {

/// Holds it as long as it lives.
class HeldStore {
 public:
  explicit HeldStore(const Laboratory& laboratory) {
    sqlite3_open_v2((laboratory.home() / "store.sqlite").c_str(), &store_, SQLITE_OPEN_READWRITE, nullptr);
    sqlite3_busy_timeout(store_, 10'000);
    held_ = sqlite3_exec(store_, "BEGIN EXCLUSIVE", nullptr, nullptr, nullptr) == SQLITE_OK;
  }
  ~HeldStore() {
    sqlite3_exec(store_, "ROLLBACK", nullptr, nullptr, nullptr);
    sqlite3_close_v2(store_);
  }
  HeldStore(const HeldStore&) = delete;
  HeldStore& operator=(const HeldStore&) = delete;
  bool held() const { return held_; }

 private:
  sqlite3* store_ = nullptr;
  bool held_ = false;
};

}  // namespace musubi::testing
