#include "record_source.h"

namespace musubi::app {

document::RowReaderResult open_for(const mapping::Mapping& mapping, const std::filesystem::path& file) {
  MUSUBI_ASSIGN(const auto bytes, document::ByteSource::open_file(file, file.string()));
  const auto& head = mapping.head();
  const auto shape = document::guess_shape(*bytes);
  const bool text_shapes = shape == document::Shape::unknown && head.reads == document::Shape::csv;
  const bool resources = head.reads == document::Shape::fhir &&
                         (shape == document::Shape::json || shape == document::Shape::xml);
  if (shape != head.reads && !text_shapes && !resources) {
    return base::Error(base::ErrorKind::bad_input, "app.try.wrong_shape",
                       {{"expected", std::string(document::name_of(head.reads))},
                        {"found", std::string(document::name_of(shape))}})
        .at({.file = file.string()});
  }
  return mapping::open_rows(head, bytes);
}

}  // namespace musubi::app
