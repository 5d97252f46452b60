package mutirao.web.openapi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import mutirao.web.kit.Value;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The measure itself. */
class SchemasTest {
  private final Schemas schemas = new Schemas(Document.read());

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'type':'integer','minimum':0,'maximum':9} | 9",
        "{'type':['string','null']} | null",
        "{'enum':['a',null]} | null",
        "{'type':'number'} | 1.5",
        "{'type':'object','properties':{'a':{'type':'string'}},'required':['a']} | {'a':'x'}",
        "{'type':'array','items':{'type':'boolean'},'maxItems':1} | [true]",
        "{'oneOf':[{'type':'string'},{'type':'integer'}]} | 7",
        "{'anyOf':[{'type':'number'},{'type':'integer'}]} | 7",
        "{'$ref':'#/components/schemas/State'} | 'done'",
        "{} | {'any':'thing'}",
      })
  void letsPassWhatFits(String schema, String value) {
    assertEquals(List.of(), violations(schema, value));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'type':'integer'} | 1.5",
        "{'type':'integer','maximum':9} | 10",
        "{'type':'integer','minimum':1} | 0",
        "{'type':'string'} | null",
        "{'type':'string','minLength':1} | ''",
        "{'type':'string','maxLength':2} | 'abc'",
        "{'type':'string','pattern':'[a-z]'} | 'A'",
        "{'const':true} | false",
        "{'enum':['a']} | 'b'",
        "{'type':'object','properties':{'a':{}},'required':['a']} | {}",
        "{'type':'object','properties':{'a':{}}} | {'b':1}",
        "{'type':'object','properties':{'a':{'type':'string'}}} | {'a':1}",
        "{'type':'array','items':{'type':'boolean'}} | [1]",
        "{'type':'array','maxItems':1} | [1,2]",
        "{'oneOf':[{'type':'string'},{'type':'boolean'}]} | 7",
        "{'anyOf':[{'type':'string'},{'type':'boolean'}]} | 7",
        "{'oneOf':[{'type':'number'},{'type':'integer'}]} | 7",
        "{'$ref':'#/components/schemas/State'} | 'over'",
        "{'multipleOf':2} | 4",
      })
  void noticesWhatDoesNot(String schema, String value) {
    assertFalse(violations(schema, value).isEmpty());
  }

  private List<String> violations(String schema, String value) {
    return schemas.violations(
        Value.of(schema.replace('\'', '"')), Value.of(value.replace('\'', '"')));
  }
}
