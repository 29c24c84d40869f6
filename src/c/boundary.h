// Where C++ ends: what every function of cascade.h has in common.
#pragma once

#include <cascade/cascade.h>
#include <cascade/result.h>

#include <exception>
#include <string>
#include <string_view>
#include <utility>

namespace cascade::c {

// An answer and whether it is yes.
struct Answer {
  std::string text;
  bool yes = true;
};

cascade_code code_of(ErrorCode code) noexcept;
std::string message_of(const Error& error);

// A copy for the caller of the C interface to free; null when there is no memory.
char* copied(std::string_view text) noexcept;

// Runs `step` (a function to Result<Answer>), puts what it came to at `answer`, and lets no exception out.
template <typename Step>
cascade_code answered(char** answer, Step&& step) noexcept {
  if (answer == nullptr) return CASCADE_MISUSE;
  *answer = nullptr;
  try {
    const Result<Answer> result = std::forward<Step>(step)();
    *answer = copied(result ? result->text : message_of(result.error()));
    if (*answer == nullptr) return CASCADE_FAULT;
    if (!result) return code_of(result.error().code);
    return result->yes ? CASCADE_OK : CASCADE_NO;
  } catch (const std::exception& fault) {
    *answer = copied(fault.what());
  } catch (...) {
    *answer = copied("an exception of unknown type");
  }
  return CASCADE_FAULT;
}

}  // namespace cascade::c
