package dev.dovetail.contract.repository.generated;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Compiles source code in memory. */
final class EntityCompiler extends ClassLoader {

    private final Map<String, ByteArrayOutputStream> compiled = new HashMap<>();

    private EntityCompiler() {
        super(EntityCompiler.class.getClassLoader());
    }

    /** Compiles the classes, each with what else is in its source. */
    static ClassLoader compile(List<EntitySource.Written> entities) {
        EntityCompiler loader = new EntityCompiler();
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        try (JavaFileManager files = loader.new InMemory(compiler.getStandardFileManager(null, null, null))) {
            List<String> options = List.of(
                    "-parameters",
                    "-proc:none",
                    "-nowarn",
                    "-classpath",
                    System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
            boolean done = compiler.getTask(
                            messages,
                            files,
                            null,
                            options,
                            null,
                            entities.stream().map(EntityCompiler::source).toList())
                    .call();
            if (!done) {
                throw new IllegalStateException(messages + "\n" + entities);
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return loader;
    }

    private static JavaFileObject source(EntitySource.Written entity) {
        URI uri = URI.create("memory:///dev/dovetail/generated/" + entity.name() + ".java");
        return new SimpleJavaFileObject(uri, JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return entity.source();
            }
        };
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        ByteArrayOutputStream bytes = compiled.get(name);
        if (bytes == null) {
            throw new ClassNotFoundException(name);
        }
        return defineClass(name, bytes.toByteArray(), 0, bytes.size());
    }

    private final class InMemory extends ForwardingJavaFileManager<JavaFileManager> {

        InMemory(JavaFileManager files) {
            super(files);
        }

        @Override
        public JavaFileObject getJavaFileForOutput(
                Location location, String className, JavaFileObject.Kind kind, FileObject sibling) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            compiled.put(className, bytes);
            return new SimpleJavaFileObject(URI.create("memory:///" + className), kind) {
                @Override
                public OutputStream openOutputStream() {
                    return bytes;
                }
            };
        }
    }
}
