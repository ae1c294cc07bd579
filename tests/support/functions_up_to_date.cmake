# Generates the page of functions anew and compares it with the committed one.
execute_process(COMMAND ${GENERATOR} ${OUTPUT} COMMAND_ERROR_IS_FATAL ANY)
file(READ ${OUTPUT} generated)
file(READ ${COMMITTED} committed)
if(NOT generated STREQUAL committed)
  message(FATAL_ERROR "docs/fhirpath.md is not up to date. Run: musubi_generate_function_reference docs/fhirpath.md")
endif()
