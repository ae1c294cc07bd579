// Not broken: what the others are compared with.
#include "broken_source.h"

namespace musubi::broken {
constexpr plugin::Option kOptions[] = {{.name = "folder",
                                        .type = plugin::OptionType::path,
                                        .default_value = "",
                                        .help_japanese = "フォルダー",
                                        .help_english = "A folder"}};
constexpr plugin::Manifest kManifest{.kind = plugin::AdapterKind::source,
                                     .name = "sound",
                                     .version = "1",
                                     .summary_japanese = "試験",
                                     .summary_english = "Test",
                                     .options = kOptions,
                                     .option_count = 1};
MUSUBI_SOURCE_ADAPTER(kManifest, make_empty)
}  // namespace musubi::broken
