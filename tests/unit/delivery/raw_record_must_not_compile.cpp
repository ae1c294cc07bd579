// Compiled by ctest, never linked. Without a definition it compiles; with each of them it must not.
#include "musubi/delivery/delivery.h"

using musubi::model::Disclosure;
using musubi::model::RecordBatch;

void send(musubi::plugin::Sink& sink, const Disclosure& disclosure, RecordBatch& raw) {
  (void)musubi::delivery::deliver(sink, disclosure, {}, {});
  (void)sink.deliver(disclosure);
#if defined(MUSUBI_RAW_RECORD_DELIVER)
  (void)musubi::delivery::deliver(sink, raw, {}, {});
#elif defined(MUSUBI_RAW_RECORD_SINK)
  (void)sink.deliver(raw);
#elif defined(MUSUBI_RAW_RECORD_CONVERT)
  const Disclosure& converted = raw;
  (void)converted;
#elif defined(MUSUBI_RAW_RECORD_MAKE)
  const Disclosure made(std::move(raw));
  (void)made;
#else
  (void)raw;
#endif
}
