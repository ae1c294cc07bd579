# Generates the message page anew and compares it with the committed one.
execute_process(COMMAND ${GENERATOR} markdown ${OUTPUT} ${INPUTS} COMMAND_ERROR_IS_FATAL ANY)
file(READ ${OUTPUT} generated)
file(READ ${COMMITTED} committed)
if(NOT generated STREQUAL committed)
  message(FATAL_ERROR "docs/messages.md is not up to date. Run: musubi_generate_messages markdown docs/messages.md core/base/messages/*.yaml")
endif()
