// What lint found, for people and for machines. Output is the same wherever it goes.
#pragma once

#include <boost/json/fwd.hpp>
#include <cstddef>
#include <string>

#include "lint_findings.h"
#include "musubi/base/messages.h"
#include "quoted_lines.h"

namespace musubi::app {

std::size_t count_of(const LintReport& report, base::Severity severity);

/// Each finding with its place, what to do and the line it is in; in the end how many there are. What is only
/// good to know is shown of files that were `named`, not of the whole configuration.
std::string lint_text(const LintReport& report, bool named, QuotedLines& lines, base::Language language);

/// {files, kinds, errors, warnings, information, findings: [{code, severity, file, line, column, length,
/// text, message, remedy}]}. `text`: what stands at the place. Keys whose value is not known are left out.
boost::json::object lint_json(const LintReport& report, QuotedLines& lines, base::Language language);

/// A log in SARIF 2.1.0 (OASIS), which code hosts and editors show beside the lines. Files are relative to
/// the working folder.
boost::json::object lint_sarif(const LintReport& report, QuotedLines& lines, base::Language language);

}  // namespace musubi::app
