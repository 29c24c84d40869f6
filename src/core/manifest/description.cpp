#include "manifest/description.h"

#include "manifest/fields.h"
#include "text/ascii.h"
#include "unicode/utf8.h"

namespace cascade::manifest {

std::string_view first_line(std::string_view body) {
  std::string_view rest = letters::trim(body);
  std::string_view line = letters::trim(rest.substr(0, rest.find_first_of("\r\n")));
  std::size_t marks = 0;
  while (marks < line.size() && marks < 6 && line[marks] == '#') ++marks;
  if (marks > 0 && marks < line.size() && letters::is_blank(line[marks])) line = letters::trim(line.substr(marks));
  return line;
}

std::string describe(const syntax::Node& fields, std::string_view body) {
  const std::string_view declared = scalar_text(fields.find("description"));
  return unicode::replace_invalid(declared.empty() ? first_line(body) : declared);
}

}  // namespace cascade::manifest
