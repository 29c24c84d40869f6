#include "cli/call.h"
#include "files/tree.h"
#include "render/counts.h"
#include "unicode/utf8.h"

#include <unistd.h>
#include <cerrno>
#include <cstring>

namespace cascade::cli {
namespace {

constexpr std::uint64_t largest_text = 256u << 20;  // bytes; a larger file is not a text for a model

Result<std::string> read_text_to_count() {
  std::string text;
  char buffer[65536];
  while (true) {
    const ssize_t count = ::read(STDIN_FILENO, buffer, sizeof(buffer));
    if (count == 0) return text;
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return Error{ErrorCode::unreadable, std::strerror(errno), "standard input", {}};
    text.append(buffer, static_cast<std::size_t>(count));
    if (text.size() > largest_text) return Error{ErrorCode::unsupported, "more than 256 MiB", "standard input", {}};
  }
}

}  // namespace

Exit run_tokens(Call& call) {
  std::vector<std::string> paths;
  Arguments arguments("tokens");
  arguments.words("FILE", paths, 0, 100'000);
  if (const auto ended = call.read(arguments)) return *ended;
  const auto format = call.format({Format::text, Format::json});
  if (!format) return call.console().fail(format.error());
  const auto model = call.model({});
  if (!model) return call.console().fail(model.error());
  const auto counter = call.counter();
  if (!counter) return call.console().fail(counter.error());
  call.step("open");

  if (paths.empty()) paths = {"-"};
  std::vector<rendering::CountedText> texts;
  Exit exit = Exit::yes;
  for (const std::string& path : paths) {
    const auto text = path == "-" ? read_text_to_count() : files::DiskTree().read(path, largest_text);
    if (!text) {
      exit = call.console().fail(text.error());  // the others are still counted
      continue;
    }
    texts.push_back({path, text->size(), counter->count(*text)});
  }
  call.step("count");
  const auto shown = rendering::counts(texts, *counter, *model, *format, call.console().paint());
  if (!shown) return call.console().fail(shown.error());
  if (!texts.empty()) call.console().print(*shown);
  return exit;
}

}  // namespace cascade::cli
