import java.io.IOException;
import okhttp3.*;

/** The Java sample. */
public class Sample {
    public static void main(String[] args) {
        OkHttpClient client = new OkHttpClient();

        RequestBody formBody = new FormBody.Builder()
                .add("username", System.getenv("SAMPLE_USERNAME"))
                .add("company_name", System.getenv("SAMPLE_COMPANY_NAME"))
                .add("password", System.getenv("SAMPLE_PASSWORD"))
                .build();

        Request request = new Request.Builder()
                .url(System.getenv("SAMPLE_URL") + "/access/klearstack/get_access_token")
                .post(formBody)
                .addHeader("Content-Type", "application/x-www-form-urlencoded")
                .build();

        try (Response response = client.newCall(request).execute()) {
            if (response.isSuccessful()) {
                System.out.println("Response: " + response.body().string());
            } else {
                System.out.println("Error: " + response.body().string());
            }
        } catch (IOException e) {
            e.printStackTrace();
        }
    }
}
