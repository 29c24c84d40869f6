#include "tokens/locate.h"

#include "files/paths.h"

namespace cascade::tokens {

std::vector<std::string> vocabulary_places(std::string_view executable_directory, std::string_view environment) {
  if (!environment.empty()) return {std::string(environment)};
  std::vector<std::string> places;
  for (const std::string_view prefix : {"..", "../.."}) {
    const std::string below = files::join(prefix, "share/cascade/o200k.bin");
    places.push_back(files::normalise(files::join(executable_directory, below)));
  }
  return places;
}

Result<TokenCounter> open_counter(std::string_view executable_directory, std::string_view environment) {
  const std::vector<std::string> places = vocabulary_places(executable_directory, environment);
  Result<TokenCounter> first = TokenCounter::open(places.front());
  if (first || first.error().code != ErrorCode::not_found) return first;
  for (std::size_t i = 1; i < places.size(); ++i) {
    Result<TokenCounter> next = TokenCounter::open(places[i]);
    if (next || next.error().code != ErrorCode::not_found) return next;
  }
  Error error = first.error();
  error.help = environment.empty() ? "run scripts/vocabulary; until then token counts are estimated"
                                   : "CASCADE_VOCABULARY names this file";
  return error;
}

}  // namespace cascade::tokens
