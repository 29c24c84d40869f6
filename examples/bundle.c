/* bundle_c LIBRARY BUDGET PROMPT: the context for a prompt, by the C interface. LIBRARY is a folder with skills/,
 * agents/ or commands/, BUDGET a number of tokens. Exit 0, or 1: it does not fit; 2: wrong arguments; 3: could not. */
#include <cascade/cascade.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The text as a JSON string at `out`, which has room for 6 * strlen(text) + 3 bytes. Returns its end. */
static char* quoted(char* out, const char* text) {
  *out++ = '"';
  for (; *text != '\0'; ++text) {
    const unsigned char c = (unsigned char)*text;
    if (c < 0x20 || c == '"' || c == '\\')
      out += sprintf(out, "\\u%04x", c);
    else
      *out++ = *text;
  }
  *out++ = '"';
  *out = '\0';
  return out;
}

/* Prints an answer where it belongs, frees it, and says how the program is to end. */
static int finish(cascade_code code, char* answer) {
  fprintf(code == CASCADE_OK ? stdout : stderr, "%s", answer == NULL ? "" : answer);
  if (code > CASCADE_NO) fprintf(stderr, " (%s)\n", cascade_code_name(code));
  cascade_free(answer);
  return code == CASCADE_OK ? 0 : code == CASCADE_NO ? 1 : 3;
}

int main(int argc, char** argv) {
  cascade_workspace* workspace = NULL;
  cascade_code code;
  char *answer = NULL, *request, *end;
  int status;
  if (argc != 4) {
    fprintf(stderr, "usage: bundle_c LIBRARY BUDGET PROMPT\n");
    return 2;
  }
  request = malloc(6 * (strlen(argv[1]) + strlen(argv[3])) + 128);
  if (request == NULL) return 3;

  end = request + sprintf(request, "{\"roots\": [");
  end = quoted(end, argv[1]);
  strcpy(end, "]}");
  code = cascade_open(request, &workspace, &answer);
  if (code == CASCADE_OK) {
    cascade_free(answer);
    end = request + sprintf(request, "{\"format\": \"text\", \"budget\": %d, \"prompt\": ", atoi(argv[2]));
    end = quoted(end, argv[3]);
    strcpy(end, "}");
    code = cascade_bundle(workspace, request, &answer);
  }
  status = finish(code, answer);
  cascade_close(workspace);
  free(request);
  return status;
}
